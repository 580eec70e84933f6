package dev.temper.platform.common.web;

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

/** Bounds what one address can ask of the API, before anything is looked up for it. */
@Component
@Order(FilterOrder.ADDRESS_LIMIT)
class AddressLimitFilter extends OncePerRequestFilter {
    private final RateLimits limits;
    private final RateLimitSettings settings;
    private final ProblemWriter problems;

    AddressLimitFilter(RateLimits limits, RateLimitSettings settings, ProblemWriter problems) {
        this.limits = limits;
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Audience.program(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            limits.count("address", settings.perAddress(), request.getRemoteAddr(), response);
        } catch (Problem tooMany) {
            problems.write(request, response, tooMany);
            return;
        }
        chain.doFilter(request, response);
    }
}
