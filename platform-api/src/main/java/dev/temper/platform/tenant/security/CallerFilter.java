package dev.temper.platform.tenant.security;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.RequestId;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.KeySignIn;
import dev.temper.platform.tenant.MyTenant;
import dev.temper.platform.tenant.People;
import dev.temper.platform.tenant.SignedIn;
import dev.temper.platform.tenant.TenantStatus;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Binds the {@link Caller} and the {@link TenantScope} for the length of the request, both read anew each time: a role
 * that was taken away is gone with the next click. Somebody else's tenant and one that does not exist look the same.
 */
final class CallerFilter extends OncePerRequestFilter {
    private final People people;
    private final Face face;

    CallerFilter(People people, Face face) {
        this.people = people;
        this.face = face;
    }

    private record Bound(Caller caller, @Nullable UUID tenant) {}

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Bound bound;
        try {
            bound = bind(request);
        } catch (Problem problem) {
            if (request.getDispatcherType() != DispatcherType.ERROR) {
                face.refuse(request, response, problem);
                return;
            }
            bound = new Bound(nobody(request), null);
        }
        pass(bound, () -> chain.doFilter(request, response));
    }

    private Bound bind(HttpServletRequest request) {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who instanceof KeyAuthentication key) {
            return ofKey(request, key.key());
        }
        if (LoginStep.SIGNED_IN.is(who) && who != null && who.getPrincipal() instanceof SignedIn person) {
            return ofPerson(request, person);
        }
        return new Bound(nobody(request), null);
    }

    private Bound ofKey(HttpServletRequest request, KeySignIn.Key key) {
        if (!face.tenant(request).orElse(key.tenantSlug()).equals(key.tenantSlug())) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        Actor actor = Actor.apiKey(key.id(), key.prefix(), request.getRemoteAddr(), RequestId.of(request));
        return new Bound(new Caller(actor, key.userId(), key.permissions()), key.tenantId());
    }

    private Bound ofPerson(HttpServletRequest request, SignedIn signedIn) {
        String slug = face.tenant(request).orElse(null);
        People.Person person = people.find(signedIn.userId(), slug).orElseThrow(ErrorCode.SIGN_IN_REQUIRED::problem);
        if (person.mustChangePassword() && !signedIn.bySingleSignOn() && !face.openBeforePasswordChange(request)) {
            throw ErrorCode.PASSWORD_CHANGE_REQUIRED.problem();
        }
        MyTenant tenant = person.tenant();
        if (slug != null && tenant == null) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        if (tenant != null && tenant.status() != TenantStatus.ACTIVE) {
            throw ErrorCode.TENANT_SUSPENDED.with("tenant", tenant.name());
        }
        Actor actor = Actor.user(person.id(), person.email(), request.getRemoteAddr(), RequestId.of(request));
        return new Bound(new Caller(actor, person.id(), person.permissions()), tenant == null ? null : tenant.id());
    }

    private static Caller nobody(HttpServletRequest request) {
        var actor = new Actor(Actor.Kind.SYSTEM, null, "anonymous", request.getRemoteAddr(), RequestId.of(request));
        return new Caller(actor, null, Set.of());
    }

    private static void pass(Bound bound, Rest rest) throws ServletException, IOException {
        try {
            bound.caller().call(() -> {
                UUID tenant = bound.tenant();
                return tenant == null ? rest.run() : TenantScope.call(tenant, rest::run);
            });
        } catch (ServletException | IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The filters behind this one. */
    private interface Rest {
        void go() throws ServletException, IOException;

        default Boolean run() throws Exception {
            go();
            return true;
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
