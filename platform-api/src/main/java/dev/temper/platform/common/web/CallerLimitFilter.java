package dev.temper.platform.common.web;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.ProblemWriter;
import dev.temper.platform.common.RateLimitSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds what one key, worker or person can ask of the API, so that a script gone wild is slowed down alone. */
@Component
@Order(FilterOrder.CALLER_LIMIT)
class CallerLimitFilter extends OncePerRequestFilter {
    private final RateLimits limits;
    private final RateLimitSettings settings;
    private final ProblemWriter problems;

    CallerLimitFilter(RateLimits limits, RateLimitSettings settings, ProblemWriter problems) {
        this.limits = limits;
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Audience.program(request) || !Callers.known();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Actor actor = Caller.current().actor();
        boolean person = actor.kind() == Actor.Kind.USER;
        try {
            limits.count(
                    person ? "session" : "key",
                    person ? settings.perSession() : settings.perKey(),
                    String.valueOf(actor.id()),
                    response);
        } catch (Problem tooMany) {
            problems.write(request, response, tooMany);
            return;
        }
        chain.doFilter(request, response);
    }
}
