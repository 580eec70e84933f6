package dev.temper.platform.common.web;

import dev.temper.platform.common.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** The last word on failures of pages that no controller has handled: on to the error page, with the problem. */
final class PageFailures implements HandlerExceptionResolver {
    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        if (thrown instanceof AccessDeniedException || thrown instanceof AuthenticationException) {
            return null;
        }
        Problem problem = Failures.of(thrown, request);
        FailureAnswers.log(problem);
        request.setAttribute(ErrorAnswers.PROBLEM, problem);
        try {
            response.sendError(problem.code().status());
        } catch (IOException clientGone) {
            return new ModelAndView();
        }
        return new ModelAndView();
    }
}
