package dev.temper.platform.common;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem, from wherever it is found: a filter, an entry point, a controller. */
@Component
public class ProblemWriter {
    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the problem; an answer that is already on its way can't be taken back and stays as it is. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        problem.retryAfter()
                .ifPresent(wait -> response.setHeader(
                        HttpHeaders.RETRY_AFTER,
                        String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds()))));
        write(request, response, view(request, problem));
    }

    /** The problem in the language the request asks for. */
    public ProblemView view(HttpServletRequest request, Problem problem) {
        return ProblemView.of(problem, language(request), instance(request), RequestId.of(request));
    }

    /** Writes a failure that is already in words. */
    public void write(HttpServletRequest request, HttpServletResponse response, ProblemView view) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        boolean dialect = DialectError.isSpokenAt(view.instance());
        Object told = dialect ? DialectError.of(view) : view;
        byte[] body = json.writeValueAsString(told).getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        response.setStatus(dialect ? DialectError.status(view) : view.status());
        response.setContentType(dialect ? MediaType.APPLICATION_JSON_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language(request).toLanguageTag());
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(RequestId.HEADER, view.requestId());
        if (view.status() == HttpServletResponse.SC_UNAUTHORIZED
                && !response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"temper\"");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    static Locale language(HttpServletRequest request) {
        return ErrorTexts.pick(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    static String instance(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                ? original
                : request.getRequestURI();
    }
}
