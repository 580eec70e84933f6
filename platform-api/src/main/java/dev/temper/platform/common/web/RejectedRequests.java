package dev.temper.platform.common.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Requests nobody sends in good faith: refused before anything looks at them, and told so in our words. */
@Configuration(proxyBeanMethods = false)
class RejectedRequests {
    @Bean
    StrictHttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterNames(name -> !StrictJson.unstorable(name));
        firewall.setAllowedParameterValues(value -> !StrictJson.unstorable(value));
        return firewall;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(ProblemWriter problems) {
        return (request, response, _) -> problems.write(request, response, ErrorCode.REQUEST_MALFORMED.problem());
    }
}
