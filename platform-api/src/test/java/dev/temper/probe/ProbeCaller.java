package dev.temper.probe;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.RequestId;
import dev.temper.platform.common.TenantScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Believes what the request says of its caller and tenant. */
@Order(0)
final class ProbeCaller extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String caller = request.getHeader("Probe-Caller");
        String tenant = request.getHeader("Probe-Tenant");
        if (caller == null) {
            chain.doFilter(request, response);
            return;
        }
        UUID id = UUID.nameUUIDFromBytes(caller.getBytes(StandardCharsets.UTF_8));
        Actor actor = caller.startsWith("key")
                ? Actor.apiKey(id, caller, request.getRemoteAddr(), RequestId.of(request))
                : Actor.user(id, caller, request.getRemoteAddr(), RequestId.of(request));
        try {
            new Caller(actor, id, Set.of()).<@Nullable Object, Exception>call(() -> {
                if (tenant == null) {
                    chain.doFilter(request, response);
                    return null;
                }
                return TenantScope.<@Nullable Object, Exception>call(UUID.fromString(tenant), () -> {
                    chain.doFilter(request, response);
                    return null;
                });
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
