package dev.temper.platform.common.web;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Names the tenant and the actor in every line that is logged for a request. */
@Component
@Order(FilterOrder.CALLER)
class LogContextFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String tenant = TenantScope.current().map(UUID::toString).orElse(null);
        String actor = Caller.find().map(LogContextFilter::name).orElse(null);
        try (var _ = MDC.putCloseable("tenant", tenant);
                var _ = MDC.putCloseable("actor", actor)) {
            chain.doFilter(request, response);
        }
    }

    private static @Nullable String name(Caller caller) {
        UUID id = caller.actor().id();
        return caller.actor().kind() + (id == null ? "" : ":" + id);
    }
}
