package dev.temper.platform.common.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IdempotentRequests;
import dev.temper.platform.common.IdempotentRequests.Outcome;
import dev.temper.platform.common.KeptAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Lets a POST that carries an {@code Idempotency-Key} do its work once; see {@link IdempotentRequests}. */
@Component
@Order(FilterOrder.IDEMPOTENCY)
class IdempotencyFilter extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CACHE_CONTROL);

    private final IdempotentRequests requests;
    private final FailureAnswers failures;

    IdempotencyFilter(IdempotentRequests requests, FailureAnswers failures) {
        this.requests = requests;
        this.failures = failures;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        boolean file = type != null && (type.startsWith("multipart/") || type.startsWith("application/octet-stream"));
        return !request.getMethod().equals("POST")
                || request.getHeader(HEADER) == null
                || file
                || !Audience.program(request)
                || !Callers.known();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            String key = request.getHeader(HEADER);
            if (!KEY.matcher(key).matches()) {
                throw ErrorCode.HEADER_WRONG.at(HEADER).with("header", HEADER).with("example", "7f9c2ba4-e88f");
            }
            KeptBody kept = new KeptBody(request);
            Outcome outcome = requests.once(
                    new IdempotentRequests.Request(
                            key,
                            IdempotentRequests.fingerprint(
                                    text(request.getMethod()),
                                    text(request.getRequestURI()),
                                    text(Objects.requireNonNullElse(request.getQueryString(), "")),
                                    kept.body())),
                    () -> answer(kept, response, chain));
            send(outcome, response);
        } catch (UncheckedIOException | Unhandled e) {
            if (e.getCause() instanceof ServletException unhandled) {
                throw unhandled;
            }
            throw new IOException(e.getCause());
        } catch (RuntimeException e) {
            failures.answer(request, response, e);
        }
    }

    private static KeptAnswer answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, held);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new Unhandled(e);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = name.equals(HttpHeaders.CONTENT_TYPE) ? held.getContentType() : held.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new KeptAnswer(held.getStatus(), headers, held.getContentAsByteArray());
    }

    private static void send(Outcome outcome, HttpServletResponse response) throws IOException {
        KeptAnswer answer = outcome.answer();
        if (outcome.repeated()) {
            response.setHeader(REPLAYED, "true");
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
        response.flushBuffer();
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Carries a checked exception out of the transaction, which it undoes. */
    private static final class Unhandled extends RuntimeException {
        Unhandled(ServletException cause) {
            super(cause);
        }
    }
}
