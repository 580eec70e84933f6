package dev.temper.web.platform;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Faults;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.IssuedInvitation;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a tenant and the invitation of its first owner, who alone can bring in everybody else. */
@Component
class NewTenant {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private final Tenants tenants;
    private final Invitations invitations;

    NewTenant(Tenants tenants, Invitations invitations) {
        this.tenants = tenants;
        this.invitations = invitations;
    }

    record Made(TenantView tenant, IssuedInvitation owner) {}

    Made make(String name, @Nullable String slug, String ownerEmail) {
        // Looked at first: a tenant nobody owns must not remain because an address was mistyped.
        var faults = new Faults();
        if (name.isBlank()) {
            faults.add("/name", ErrorCode.FIELD_REQUIRED);
        }
        if (ownerEmail.isBlank()) {
            faults.add("/ownerEmail", ErrorCode.FIELD_REQUIRED);
        } else if (!EMAIL.matcher(ownerEmail.strip()).matches()) {
            faults.add("/ownerEmail", ErrorCode.FIELD_NOT_EMAIL);
        }
        faults.throwIfAny();
        TenantView tenant = tenants.create(name, slug);
        return new Made(tenant, TenantScope.call(tenant.id(), () -> invitations.inviteFirstOwner(ownerEmail)));
    }
}
