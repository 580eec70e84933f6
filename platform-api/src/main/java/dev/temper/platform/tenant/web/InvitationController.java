package dev.temper.platform.tenant.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.tenant.InvitationView;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.IssuedInvitation;
import dev.temper.platform.tenant.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/invitations")
@Tag(name = "invitations", description = "Offers of a role in the tenant.")
class InvitationController {
    private final Invitations invitations;

    InvitationController(Invitations invitations) {
        this.invitations = invitations;
    }

    /** Whom to invite, and as what. */
    record NewInvitation(@NotBlank String email, @NotNull Role role) {}

    @Operation(summary = "Invite somebody; the answer's path is shown only now")
    @PostMapping
    ResponseEntity<IssuedInvitation> invite(@RequestBody NewInvitation body) {
        IssuedInvitation issued = invitations.invite(body.email(), body.role());
        return ResponseEntity.created(
                        URI.create("/api/v1/invitations/" + issued.invitation().id()))
                .body(issued);
    }

    @Operation(summary = "List the invitations, newest first")
    @GetMapping
    Page<InvitationView> list(PageQuery page) {
        return invitations.list(page);
    }

    @Operation(summary = "Show an invitation")
    @GetMapping("/{id}")
    InvitationView get(@PathVariable UUID id) {
        return invitations.get(id);
    }

    @Operation(summary = "Revoke an invitation nobody has taken up")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        invitations.revoke(id);
    }
}
