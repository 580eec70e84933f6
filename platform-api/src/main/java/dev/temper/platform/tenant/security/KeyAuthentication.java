package dev.temper.platform.tenant.security;

import dev.temper.platform.tenant.KeySignIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A program that presented a good key; never kept in a session. */
final class KeyAuthentication extends AbstractAuthenticationToken {
    private final transient KeySignIn.Key key;

    KeyAuthentication(KeySignIn.Key key) {
        super(List.of(new SimpleGrantedAuthority(LoginStep.SIGNED_IN.name())));
        this.key = key;
        setAuthenticated(true);
    }

    KeySignIn.Key key() {
        return key;
    }

    @Override
    public Object getPrincipal() {
        return key.prefix();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
