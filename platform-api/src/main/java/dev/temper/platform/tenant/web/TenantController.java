package dev.temper.platform.tenant.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.IssuedInvitation;
import dev.temper.platform.tenant.TenantChange;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tenants")
@Tag(name = "tenants", description = "Tenants; made and suspended by the platform's admins.")
class TenantController {
    private final Tenants tenants;
    private final Invitations invitations;

    TenantController(Tenants tenants, Invitations invitations) {
        this.tenants = tenants;
        this.invitations = invitations;
    }

    /** What a tenant is made of: its name, and its short name in addresses where it is not to be made from that. */
    record NewTenant(@NotBlank String name, @Nullable String slug) {}

    /** Who is to own a tenant. */
    record NewOwner(@NotBlank String email) {}

    @Operation(summary = "Create a tenant (platform admin)")
    @PostMapping
    ResponseEntity<TenantView> create(@RequestBody NewTenant body) {
        TenantView tenant = tenants.create(body.name(), body.slug());
        return ResponseEntity.created(URI.create("/api/v1/tenants/" + tenant.id()))
                .body(tenant);
    }

    @Operation(summary = "List tenants: all of them for the platform's admins, for others their own")
    @GetMapping
    Page<TenantView> list(PageQuery page) {
        return tenants.list(page);
    }

    @Operation(summary = "Show a tenant")
    @GetMapping("/{id}")
    TenantView get(@PathVariable UUID id) {
        return tenants.get(id);
    }

    @Operation(summary = "Change a tenant's name or time zone")
    @PatchMapping("/{id}")
    TenantView update(@PathVariable UUID id, @RequestBody TenantChange body, IfMatch version) {
        return tenants.update(id, body, version);
    }

    @Operation(summary = "Suspend a tenant: nobody can work in it (platform admin)")
    @PostMapping("/{id}/suspend")
    TenantView suspend(@PathVariable UUID id, IfMatch version) {
        return tenants.suspend(id, version);
    }

    @Operation(summary = "Resume a suspended tenant (platform admin)")
    @PostMapping("/{id}/resume")
    TenantView resume(@PathVariable UUID id, IfMatch version) {
        return tenants.resume(id, version);
    }

    @Operation(summary = "Close a tenant for good (its owner, or a platform admin)")
    @PostMapping("/{id}/close")
    TenantView close(@PathVariable UUID id, IfMatch version) {
        return tenants.close(id, version);
    }

    @Operation(summary = "Invite the first owner of a tenant that has none (platform admin)")
    @PostMapping("/{id}/owner-invitations")
    ResponseEntity<IssuedInvitation> inviteOwner(@PathVariable UUID id, @RequestBody NewOwner body) {
        tenants.get(id);
        IssuedInvitation issued = TenantScope.call(id, () -> invitations.inviteFirstOwner(body.email()));
        return ResponseEntity.created(
                        URI.create("/api/v1/invitations/" + issued.invitation().id()))
                .body(issued);
    }
}
