package dev.temper.platform.resource.web;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.resource.QuotaFilter;
import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.QuotaUse;
import dev.temper.platform.resource.Quotas;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/quotas")
@Tag(name = "quotas", description = "What a tenant may have of a pool, and has; set by the platform's admins.")
class QuotaController {
    private final Quotas quotas;

    QuotaController(Quotas quotas) {
        this.quotas = quotas;
    }

    /** A cell of the matrix; a limit that is left out is none. */
    record Quota(
            @NotNull Integer guaranteed,
            @NotNull Integer ceiling,
            @Nullable Long monthlyGpuHours,
            @Nullable Long maxRunSeconds,
            @Nullable Integer maxJobs,
            @Nullable Integer minPriority,
            @Nullable Integer maxPriority) {
        QuotaLimits limits() {
            return new QuotaLimits(
                    guaranteed,
                    ceiling,
                    monthlyGpuHours,
                    maxRunSeconds,
                    maxJobs,
                    minPriority == null ? QuotaLimits.LOWEST_PRIORITY : minPriority,
                    maxPriority == null ? QuotaLimits.HIGHEST_PRIORITY : maxPriority);
        }
    }

    @Operation(
            summary = "List what tenants may have of each pool and what they have: all of it for the platform's admins,"
                    + " for others their own tenant's")
    @GetMapping
    Page<QuotaUse> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable UUID tenant,
            @RequestParam(required = false) @Nullable UUID pool) {
        return quotas.uses(new QuotaFilter(tenant, pool), page);
    }

    @Operation(summary = "Show what a tenant may have of a pool, and has")
    @GetMapping("/{tenant}/{pool}")
    QuotaUse get(@PathVariable UUID tenant, @PathVariable UUID pool) {
        return quotas.use(tenant, pool);
    }

    @Operation(summary = "Set a tenant's quota in a pool; one that nobody has set has version 0 (platform admin)")
    @PutMapping("/{tenant}/{pool}")
    QuotaUse set(@PathVariable UUID tenant, @PathVariable UUID pool, @RequestBody Quota body, IfMatch version) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        quotas.set(tenant, pool, body.limits(), version);
        return quotas.use(tenant, pool);
    }

    @Operation(summary = "Take a quota away: the tenant has the pool's default again (platform admin)")
    @DeleteMapping("/{tenant}/{pool}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID tenant, @PathVariable UUID pool, IfMatch version) {
        quotas.remove(tenant, pool, version);
    }
}
