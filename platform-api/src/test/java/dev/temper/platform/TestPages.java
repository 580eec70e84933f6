package dev.temper.platform;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stand-ins for the pages, which are another module's: they show what a page would need. */
@RestController
class TestPages {
    @GetMapping({"/login", "/login/totp", "/me/password"})
    String token(CsrfToken token) {
        return token.getToken();
    }

    @GetMapping("/")
    String home() {
        return "home of " + Caller.current().actor().name();
    }

    @GetMapping("/t/{tenant}/home")
    String tenant() {
        return TenantScope.current().map(UUID::toString).orElse("none") + " "
                + new TreeSet<>(Caller.current().permissions());
    }
}
