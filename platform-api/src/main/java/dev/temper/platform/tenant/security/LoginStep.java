package dev.temper.platform.tenant.security;

import dev.temper.platform.tenant.SignedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** How far somebody has come with signing in; the one authority of an authentication. */
enum LoginStep {
    /** The password was right, the code of the second step is still to come. */
    SECOND_STEP,
    SIGNED_IN;

    Authentication of(SignedIn person) {
        return UsernamePasswordAuthenticationToken.authenticated(
                person, null, List.of(new SimpleGrantedAuthority(name())));
    }

    boolean is(@Nullable Authentication authentication) {
        return authentication != null
                && authentication.getAuthorities().stream().anyMatch(held -> name().equals(held.getAuthority()));
    }
}
