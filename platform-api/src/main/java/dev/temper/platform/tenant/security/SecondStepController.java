package dev.temper.platform.tenant.security;

import dev.temper.platform.tenant.SignIn;
import dev.temper.platform.tenant.SignInOutcome;
import dev.temper.platform.tenant.SignedIn;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Takes the code of the second step; its page is the web module's. */
@Controller
class SecondStepController {
    private final SignIn signIn;
    private final SecurityContextRepository contexts;
    private final Arrival arrival;

    SecondStepController(SignIn signIn, SecurityContextRepository contexts, Arrival arrival) {
        this.signIn = signIn;
        this.contexts = contexts;
        this.arrival = arrival;
    }

    @PostMapping("/login/totp")
    void code(
            @RequestParam(defaultValue = "") String code,
            @CurrentSecurityContext(expression = "authentication") @Nullable Authentication authentication,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        if (authentication == null
                || !LoginStep.SECOND_STEP.is(authentication)
                || !(authentication.getPrincipal() instanceof SignedIn person)) {
            response.sendRedirect("/login");
            return;
        }
        switch (signIn.code(person, code, request.getRemoteAddr())) {
            case SignInOutcome.Accepted accepted -> {
                Authentication signedIn = LoginStep.SIGNED_IN.of(accepted.person());
                request.changeSessionId();
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(signedIn);
                SecurityContextHolder.setContext(context);
                contexts.saveContext(context, request, response);
                arrival.onAuthenticationSuccess(request, response, signedIn);
            }
            case SignInOutcome.Wrong _ -> response.sendRedirect("/login/totp?error");
            case SignInOutcome.Locked locked -> {
                request.getSession().invalidate();
                response.sendRedirect("/login?locked=" + locked.until());
            }
        }
    }
}
