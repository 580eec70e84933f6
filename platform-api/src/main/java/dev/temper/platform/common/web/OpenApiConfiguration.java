package dev.temper.platform.common.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.ProblemView;
import dev.temper.platform.common.RequestId;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** What holds for every operation of the API, said once in its description. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:temper-api.properties")
class OpenApiConfiguration {
    static final String PROBLEM = "Problem";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(PageQuery.class, IfMatch.class);
    }

    @Bean
    OpenAPI temperApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Temper")
                        .version("v1")
                        .license(new License().name("Apache-2.0"))
                        .description("""
                                Everything the pages do, for programs. Failures are RFC 9457 problems with a stable \
                                `code`; lists go by cursor; a POST with an `Idempotency-Key` is done once; an update \
                                names the version it is for by `If-Match`."""))
                .servers(List.of(new Server().url("/")))
                .components(components())
                .addSecurityItem(new SecurityRequirement().addList("key"))
                .addSecurityItem(new SecurityRequirement().addList("session"));
    }

    /** The shape of problems, and what each code means. */
    @Bean
    OpenApiCustomizer problemSchema() {
        return api -> {
            ResolvedSchema problem =
                    ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(ProblemView.class));
            api.getComponents().addSchemas(PROBLEM, problem.schema);
            problem.referencedSchemas.forEach((name, schema) -> {
                if (!name.equals(ProblemView.class.getSimpleName())) {
                    api.getComponents().addSchemas(name, schema);
                }
            });
            api.addExtension("x-error-codes", codes());
        };
    }

    private static Components components() {
        return new Components()
                .addSecuritySchemes(
                        "key",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key, `tmp_…`; it works in its own tenant."))
                .addSecuritySchemes(
                        "session",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("temper")
                                .description("A browser's session; changes need its CSRF token as `X-CSRF-TOKEN`."))
                .addParameters("Limit", limit())
                .addParameters(
                        "Cursor",
                        query(
                                "cursor",
                                "The `next` of the page before; the filters stay the same.",
                                new StringSchema()))
                .addParameters(
                        "IdempotencyKey",
                        header(
                                IdempotencyFilter.HEADER,
                                "Makes the request safe to repeat for 24 hours: the work is done once and the same "
                                        + "answer given again, with `" + IdempotencyFilter.REPLAYED + ": true`.",
                                false,
                                new StringSchema().maxLength(255)))
                .addParameters(
                        "IfMatch",
                        header(
                                "If-Match",
                                "The `ETag` of the version that is to be changed.",
                                true,
                                new StringSchema().example(IfMatch.etag(3))))
                .addParameters(
                        "Tenant",
                        header(
                                "X-Temper-Tenant",
                                "The short name of the tenant to work in; a key has one already.",
                                false,
                                new StringSchema()))
                .addHeaders("RequestId", answer("The id of the request in the platform's log.", new StringSchema()))
                .addHeaders("ETag", answer("The version, to be sent back as `If-Match`.", new StringSchema()))
                .addHeaders(
                        "Location", answer("Where the new resource is.", new StringSchema().format("uri-reference")))
                .addHeaders("RateLimit", answer("What is left: `\"key\";r=…;t=…`.", new StringSchema()))
                .addHeaders("RateLimitPolicy", answer("What is allowed: `\"key\";q=…;w=…`.", new StringSchema()))
                .addHeaders("RetryAfter", answer("Seconds to wait before asking again.", new IntegerSchema()))
                .addResponses(PROBLEM, problem());
    }

    private static Parameter limit() {
        Schema<?> schema = new IntegerSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(PageQuery.MAX_LIMIT));
        schema.setDefault(PageQuery.DEFAULT_LIMIT);
        return query("limit", "How many items a page has at most.", schema);
    }

    private static ApiResponse problem() {
        Schema<?> reference = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
        return new ApiResponse()
                .description("It was not done; the problem says why and what to do.")
                .headers(Map.of(
                        RequestId.HEADER,
                        new Header().$ref("#/components/headers/RequestId"),
                        "Retry-After",
                        new Header().$ref("#/components/headers/RetryAfter")))
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(reference)));
    }

    private static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter().in("query").name(name).description(description).schema(schema);
    }

    private static Parameter header(String name, String description, boolean required, Schema<?> schema) {
        return new Parameter()
                .in("header")
                .name(name)
                .description(description)
                .required(required)
                .schema(schema);
    }

    private static Header answer(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }

    private static List<Map<String, Object>> codes() {
        return Arrays.stream(ErrorCode.values())
                .map(code -> {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("code", code.code());
                    entry.put("status", code.status());
                    entry.put("category", code.category().name());
                    entry.put("title", ErrorTexts.title(code, Locale.ENGLISH));
                    entry.put("detail", ErrorTexts.pattern(code, Locale.ENGLISH));
                    return entry;
                })
                .toList();
    }
}
