package dev.temper.platform.tenant.security;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.RequestId;
import dev.temper.platform.tenant.SingleSignOn;
import dev.temper.platform.tenant.SingleSignOn.Known;
import dev.temper.platform.tenant.SingleSignOn.Outcome;
import dev.temper.platform.tenant.SingleSignOn.Stranger;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Makes of whoever an identity provider vouches for a person of ours, or turns them away. */
@Component
class SingleSignOnArrival implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private final SingleSignOn singleSignOn;
    private final SecurityContextRepository contexts;
    private final Arrival arrival;

    SingleSignOnArrival(SingleSignOn singleSignOn, SecurityContextRepository contexts, Arrival arrival) {
        this.singleSignOn = singleSignOn;
        this.contexts = contexts;
        this.arrival = arrival;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        Outcome outcome = authentication.getPrincipal() instanceof OidcUser user
                ? enter(user, request)
                : new Stranger("not_oidc");
        switch (outcome) {
            case Known known -> {
                Authentication signedIn = LoginStep.SIGNED_IN.of(known.person());
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(signedIn);
                SecurityContextHolder.setContext(context);
                contexts.saveContext(context, request, response);
                arrival.onAuthenticationSuccess(request, response, signedIn);
            }
            case Stranger stranger -> {
                SecurityContextHolder.clearContext();
                request.getSession().invalidate();
                response.sendRedirect("/login?sso=" + stranger.reason());
            }
        }
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        response.sendRedirect("/login?sso=failed");
    }

    private Outcome enter(OidcUser user, HttpServletRequest request) {
        var anonymous =
                new Actor(Actor.Kind.SYSTEM, null, "single sign-on", request.getRemoteAddr(), RequestId.of(request));
        return new Caller(anonymous, null, Set.of())
                .call(() -> singleSignOn.enter(
                        new SingleSignOn.Identity(
                                Objects.requireNonNull(user.getIssuer()).toString(),
                                Objects.requireNonNull(user.getSubject()),
                                user.getEmail(),
                                Boolean.TRUE.equals(user.getEmailVerified()),
                                user.getFullName()),
                        request.getRemoteAddr()));
    }
}
