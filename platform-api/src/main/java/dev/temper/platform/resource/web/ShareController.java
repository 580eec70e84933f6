package dev.temper.platform.resource.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.resource.ShareView;
import dev.temper.platform.resource.Shares;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/quota-shares")
@Tag(name = "quota-shares", description = "How a tenant's admins share its quota out among its people.")
class ShareController {
    private final Shares shares;

    ShareController(Shares shares) {
        this.shares = shares;
    }

    /**
     * What somebody may hold at once.
     *
     * @param pool the pool's name
     */
    record Share(
            @NotBlank String pool,
            @NotNull UUID userId,
            @NotNull Integer maxDevices) {}

    @Operation(summary = "List the shares; who has none may hold as much as the tenant")
    @GetMapping
    List<ShareView> list() {
        return shares.list();
    }

    @Operation(summary = "Set how many devices of a pool a member may hold at once (tenant admin)")
    @PutMapping
    ShareView set(@RequestBody Share body) {
        return shares.set(body.pool(), body.userId(), body.maxDevices());
    }

    @Operation(summary = "Take a share away: the member may hold as much as the tenant again (tenant admin)")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id, IfMatch version) {
        shares.remove(id, version);
    }
}
