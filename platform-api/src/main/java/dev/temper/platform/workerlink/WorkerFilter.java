package dev.temper.platform.workerlink;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ProblemWriter;
import dev.temper.platform.common.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** {@code Authorization: Bearer tmw_…}: finds the worker, which is who asks from here on. Only to enrol needs none. */
final class WorkerFilter extends OncePerRequestFilter {
    static final String ENROL = "/worker/v1/enrol";

    private static final String BEARER = "Bearer ";

    private final Workers workers;
    private final ProblemWriter problems;

    WorkerFilter(Workers workers, ProblemWriter problems) {
        this.workers = workers;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().equals(ENROL);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Workers.Known> worker =
                credential(request.getHeader(HttpHeaders.AUTHORIZATION)).flatMap(workers::present);
        if (worker.isEmpty()) {
            problems.write(request, response, ErrorCode.WORKER_NOT_ACCEPTED.problem());
            return;
        }
        request.setAttribute(Workers.ATTRIBUTE, worker.get());
        Actor actor = Actor.worker(
                worker.get().nodeId(), worker.get().name(), request.getRemoteAddr(), RequestId.of(request));
        pass(new Caller(actor, null, Set.of()), request, response, chain);
    }

    private static void pass(Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            caller.call(() -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<String> credential(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }
}
