package dev.temper.platform.tenant.security;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * People: the tenant in the address, refusals as redirects to where they can be mended, or as the error page. A part of
 * a page (htmx) that needs a sign-in gets a plain 401, so that the page can ask without losing what was typed.
 */
final class PageFace implements Face, AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Pattern TENANT = Pattern.compile("/t/([^/]+)(/.*)?");
    private static final Pattern OPEN_BEFORE_PASSWORD_CHANGE = Pattern.compile(
            "/(me/password|preferences|help(/.*)?|logout|error|favicon\\.ico|(assets|webjars|login)(/.*)?)");

    /** Where Spring Security looks for where somebody wanted to go. */
    private static final String SAVED_REQUEST = "SPRING_SECURITY_SAVED_REQUEST";

    private final HandlerExceptionResolver problems;

    PageFace(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    public Optional<String> tenant(HttpServletRequest request) {
        Matcher address = TENANT.matcher(path(request));
        return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
    }

    @Override
    public boolean openBeforePasswordChange(HttpServletRequest request) {
        return OPEN_BEFORE_PASSWORD_CHANGE.matcher(path(request)).matches();
    }

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (problem.code() == ErrorCode.PASSWORD_CHANGE_REQUIRED) {
            response.sendRedirect("/me/password");
        } else if (problem.code() == ErrorCode.SIGN_IN_REQUIRED) {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            signIn(request, response, true);
        } else {
            if (problems.resolveException(request, response, null, problem) == null) {
                response.sendError(problem.code().status());
            }
        }
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        signIn(request, response, request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (LoginStep.SECOND_STEP.is(who)) {
            response.sendRedirect("/login/totp");
        } else if (!LoginStep.SIGNED_IN.is(who)) {
            // A form that was sent after its session had ended: its token is gone with the session.
            rememberPage(request);
            signIn(request, response, true);
        } else {
            refuse(request, response, ErrorCode.ACTION_NOT_ALLOWED.problem());
        }
    }

    /** Signing in leads back to the page that was open, told by the browser; never to another site's. */
    private static void rememberPage(HttpServletRequest request) {
        String referrer = request.getHeader(HttpHeaders.REFERER);
        String origin = origin(request);
        if (referrer != null && referrer.startsWith(origin + "/") && !referrer.startsWith(origin + "/login")) {
            request.getSession()
                    .setAttribute(SAVED_REQUEST, new SimpleSavedRequest(referrer.substring(origin.length())));
        }
    }

    private static String origin(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length());
    }

    private static void signIn(HttpServletRequest request, HttpServletResponse response, boolean expired)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(expired ? "/login?expired" : "/login");
        }
    }

    /** The address that was asked for, also while the error page is made. */
    private static String path(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? request.getRequestURI() : failed.toString();
    }
}
