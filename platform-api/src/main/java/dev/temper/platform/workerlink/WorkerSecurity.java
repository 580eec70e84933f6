package dev.temper.platform.workerlink;

import dev.temper.platform.common.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** The workers' face: no sessions, no forms; a person's session or key opens nothing here. */
@Configuration(proxyBeanMethods = false)
class WorkerSecurity {
    @Bean
    @Order(0)
    SecurityFilterChain workerRequests(HttpSecurity http, Workers workers, ProblemWriter problems) {
        return http.securityMatcher("/worker/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterAfter(new WorkerFilter(workers, problems), AuthorizationFilter.class)
                .build();
    }
}
