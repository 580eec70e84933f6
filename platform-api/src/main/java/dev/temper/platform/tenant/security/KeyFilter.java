package dev.temper.platform.tenant.security;

import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.KeySignIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** {@code Authorization: Bearer tmp_…}: looks the key up; one that opens nothing ends the request. */
final class KeyFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final KeySignIn keys;
    private final Refusals refusals;

    KeyFilter(KeySignIn keys, Refusals refusals) {
        this.keys = keys;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> secret = secret(request);
        if (secret.isPresent()) {
            KeySignIn.Key key;
            try {
                key = keys.present(secret.get());
            } catch (Problem problem) {
                refusals.write(request, response, problem);
                return;
            }
            // A session that came along counts for nothing beside a key.
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new KeyAuthentication(key));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    static Optional<String> secret(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
