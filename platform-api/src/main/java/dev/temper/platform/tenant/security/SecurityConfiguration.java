package dev.temper.platform.tenant.security;

import dev.temper.platform.tenant.KeySignIn;
import dev.temper.platform.tenant.People;
import dev.temper.platform.tenant.SignIn;
import dev.temper.platform.tenant.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Two faces, two chains: programs by key (or a browser's session with its CSRF token), people by form or single sign-on. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String SIGNED_IN = LoginStep.SIGNED_IN.name();
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, KeySignIn keys, People people, Refusals refusals) {
        StrictHeaders.on(http);
        return http.securityMatcher("/api/**", "/v1/**")
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::changesBySession))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/api/openapi.json",
                                "/api/openapi.json/**",
                                "/api/openapi.yaml",
                                "/api/docs",
                                "/api/docs/**")
                        .permitAll()
                        .anyRequest()
                        .hasAuthority(SIGNED_IN))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(new KeyFilter(keys, refusals), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new CallerFilter(people, new ApiFace(refusals)), AuthorizationFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http,
            People people,
            SignIn signIn,
            Arrival arrival,
            SecurityContextRepository contexts,
            ObjectProvider<ClientRegistrationRepository> identityProviders,
            SingleSignOnArrival singleSignOn,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        StrictHeaders.on(http);
        PageFace face = new PageFace(problems);
        http.securityContext(context -> context.securityContextRepository(contexts))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/login",
                                "/login/**",
                                "/invite/**",
                                "/help",
                                "/help/**",
                                "/preferences",
                                "/error",
                                "/assets/**",
                                "/webjars/**",
                                "/favicon.ico",
                                "/robots.txt",
                                "/livez",
                                "/readyz",
                                "/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .hasAuthority(SIGNED_IN))
                .formLogin(
                        form -> form.loginPage("/login").successHandler(arrival).failureHandler(arrival))
                .logout(logout -> logout.logoutSuccessUrl("/login?out").addLogoutHandler((request, _, who) -> {
                    if (who != null && who.getPrincipal() instanceof SignedIn person) {
                        signIn.out(person, request.getRemoteAddr());
                    }
                }))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(face).accessDeniedHandler(face))
                .addFilterAfter(new CallerFilter(people, face), AuthorizationFilter.class);
        if (identityProviders.getIfAvailable() != null) {
            http.oauth2Login(login ->
                    login.loginPage("/login").successHandler(singleSignOn).failureHandler(singleSignOn));
        }
        return http.build();
    }

    /** The global provider, tried behind those of single sign-on. */
    @Bean
    AuthenticationProvider passwordProvider(SignIn signIn) {
        return new PasswordProvider(signIn);
    }

    @Bean
    Arrival arrival() {
        return new Arrival();
    }

    @Bean
    SecurityContextRepository securityContexts() {
        return new HttpSessionSecurityContextRepository();
    }

    /** BCrypt now; hashes name their algorithm, so a stronger one can follow without anybody noticing. */
    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** Lax rather than strict, so that a link in a mail finds its reader signed in; secure wherever TLS is. */
    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("temper");
        cookie.setSameSite("Lax");
        cookie.setUseHttpOnlyCookie(true);
        return cookie;
    }

    /** Only a browser's session can be abused from another site; a key is never sent by itself. */
    private static boolean changesBySession(HttpServletRequest request) {
        return !READING.contains(request.getMethod())
                && KeyFilter.secret(request).isEmpty()
                && request.getSession(false) != null;
    }

    /** Somebody returns to a page after signing in, never to a part of one or to a picture. */
    private static HttpSessionRequestCache pagesOnly() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> "GET".equals(request.getMethod())
                && request.getHeader("HX-Request") == null
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("text/html"));
        return cache;
    }
}
