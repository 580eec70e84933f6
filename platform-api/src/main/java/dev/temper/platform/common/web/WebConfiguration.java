package dev.temper.platform.common.web;

import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.RateLimitSettings;
import dev.temper.platform.common.RequestSettings;
import jakarta.validation.Validator;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Puts our readers of bodies, pages and versions in Spring MVC's place, and our words in Tomcat's. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RequestSettings.class, RateLimitSettings.class})
class WebConfiguration implements WebMvcConfigurer {
    private final JsonMapper json;
    private final Validator validator;
    private final Cursors cursors;
    private final FailureAnswers failures;

    WebConfiguration(JsonMapper json, Validator validator, Cursors cursors, FailureAnswers failures) {
        this.json = json;
        this.validator = validator;
        this.cursors = cursors;
        this.failures = failures;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new StrictJsonConverter(json, validator));
        // A library that happens to bring a reader of XML would else let bodies in past the strict one.
        converters.configureMessageConvertersList(all -> all.removeIf(converter ->
                converter.getSupportedMediaTypes().stream().anyMatch(MediaType.APPLICATION_XML::equalsTypeAndSubtype)));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageQueryResolver(cursors));
        resolvers.add(new IfMatchResolver());
    }

    /** The page's own address lies a level deeper, beside its scripts. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/api/docs", "/api/docs/index.html");
    }

    /** First ours for programs, then the annotated handlers of pages, and last the error page. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.addFirst(new ApiFailures(failures));
        resolvers.addLast(new PageFailures());
    }

    /** After Boot's own customizers, which set Tomcat's report up. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusalsInOurWords() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }
}
