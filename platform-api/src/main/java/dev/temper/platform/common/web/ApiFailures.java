package dev.temper.platform.common.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers every failure of a program's request with a problem; pages have their own way ({@link PageFailures}). */
final class ApiFailures implements HandlerExceptionResolver {
    private final FailureAnswers answers;

    ApiFailures(FailureAnswers answers) {
        this.answers = answers;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        // Who may not is for Spring Security to answer: whether to ask for a sign-in depends on who it is.
        // An answer that is half sent can only be broken off, so that nobody takes it for the whole.
        if (!Audience.program(request)
                || response.isCommitted()
                || thrown instanceof AccessDeniedException
                || thrown instanceof AuthenticationException) {
            return null;
        }
        if (!(thrown instanceof AsyncRequestNotUsableException)) {
            answers.answer(request, response, thrown);
        }
        return new ModelAndView();
    }
}
