package dev.temper.web.launch;

import dev.temper.platform.tenant.People;
import dev.temper.platform.tenant.People.Person;
import dev.temper.platform.tenant.SignedIn;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may watch: health is for everybody and says no more than up or down; metrics are for platform admins, or for
 * whoever reaches the port of their own that the operator gave them.
 */
@Configuration(proxyBeanMethods = false)
class WatchSecurity {
    @Bean
    @Order(0)
    SecurityFilterChain watching(HttpSecurity http, People people, ManagementSettings settings) {
        return http.securityMatcher("/actuator/**")
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .access((who, _) -> new AuthorizationDecision(settings.port() != null || admin(who, people))))
                .build();
    }

    private static boolean admin(Supplier<? extends @Nullable Authentication> who, People people) {
        Authentication authentication = who.get();
        return authentication != null
                && authentication.getAuthorities().stream().anyMatch(each -> "SIGNED_IN".equals(each.getAuthority()))
                && authentication.getPrincipal() instanceof SignedIn person
                && people.find(person.userId(), null)
                        .filter(Person::platformAdmin)
                        .isPresent();
    }
}
