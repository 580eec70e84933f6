package dev.temper.platform.tenant.security;

import dev.temper.platform.tenant.Sessions;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** Where somebody lands after the login form: where they wanted to go, at the second step, or back with the reason. */
final class Arrival extends SavedRequestAwareAuthenticationSuccessHandler implements AuthenticationFailureHandler {
    private static final int BROWSER_LENGTH = 200;

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        if (LoginStep.SECOND_STEP.is(authentication)) {
            response.sendRedirect("/login/totp");
            return;
        }
        HttpSession session = request.getSession();
        session.setAttribute(Sessions.ADDRESS, request.getRemoteAddr());
        String browser = request.getHeader(HttpHeaders.USER_AGENT);
        if (browser != null) {
            session.setAttribute(Sessions.BROWSER, browser.substring(0, Math.min(browser.length(), BROWSER_LENGTH)));
        }
        super.onAuthenticationSuccess(request, response, authentication);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        response.sendRedirect(why instanceof SignInLocked locked ? "/login?locked=" + locked.until() : "/login?error");
    }
}
