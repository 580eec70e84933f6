package dev.temper.platform.tenant.security;

import dev.temper.platform.common.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Programs: the tenant in a header, refusals as problem documents. */
final class ApiFace implements Face {
    static final String TENANT_HEADER = "X-Temper-Tenant";

    private final Refusals refusals;

    ApiFace(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public Optional<String> tenant(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(TENANT_HEADER)).map(String::strip);
    }

    @Override
    public boolean openBeforePasswordChange(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/v1/users/me");
    }

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        refusals.write(request, response, problem);
    }
}
