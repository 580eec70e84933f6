package dev.temper.platform.tenant.security;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Says no to a program, in the form every other failure has. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final HandlerExceptionResolver problems;

    Refusals(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        write(request, response, ErrorCode.SIGN_IN_REQUIRED.problem());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        ErrorCode code = LoginStep.SECOND_STEP.is(who) ? ErrorCode.SECOND_STEP_REQUIRED : ErrorCode.ACTION_NOT_ALLOWED;
        write(request, response, code.problem());
    }

    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (problem.code().status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problems.resolveException(request, response, null, problem) == null) {
            response.sendError(problem.code().status());
        }
    }
}
