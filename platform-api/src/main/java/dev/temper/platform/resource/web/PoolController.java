package dev.temper.platform.resource.web;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Versioned;
import dev.temper.platform.resource.PoolChange;
import dev.temper.platform.resource.PoolStock;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/pools")
@Tag(name = "pools", description = "Kinds of machines, picked by their labels; quotas are about pools.")
class PoolController {
    /** What a tenant without a quota may hold, where its pool does not say. */
    private static final int DEFAULT_CEILING = 0;

    private final Pools pools;

    PoolController(Pools pools) {
        this.pools = pools;
    }

    /** A pool with what its machines come to. */
    record Pool(
            UUID id,
            String name,
            String description,
            List<String> selector,
            int defaultCeiling,
            PoolStock stock,
            Instant createdAt,
            long version)
            implements Versioned {}

    /** What a pool is made of; a node belongs to the pool that asks for most of its labels. */
    record NewPool(
            @NotBlank String name,
            @Nullable String description,
            @NotNull List<String> selector,
            @Nullable Integer defaultCeiling) {}

    /** What to change; what is left out stays. */
    record PoolSettings(
            @Nullable String description,
            @Nullable List<String> selector,
            @Nullable Integer defaultCeiling) {}

    @Operation(summary = "List the pools by name, with what they hold")
    @GetMapping
    Page<Pool> list(PageQuery page, @RequestParam(required = false) @Nullable List<String> label) {
        Map<UUID, PoolStock> stock = pools.stock();
        return pools.list(label == null ? List.of() : label, page).map(pool -> shown(pool, stock));
    }

    @Operation(summary = "Create a pool (platform admin)")
    @PostMapping
    ResponseEntity<Pool> create(@RequestBody NewPool body) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        PoolView made = pools.create(
                body.name(),
                new PoolChange(
                        body.description() == null ? "" : body.description(),
                        body.selector(),
                        body.defaultCeiling() == null ? DEFAULT_CEILING : body.defaultCeiling()));
        return ResponseEntity.created(URI.create("/api/v1/pools/" + made.id())).body(shown(made, pools.stock()));
    }

    @Operation(summary = "Show a pool")
    @GetMapping("/{id}")
    Pool get(@PathVariable UUID id) {
        return shown(pools.get(id), pools.stock());
    }

    @Operation(
            summary = "Change a pool's selector, description or default ceiling; nodes move at once (platform admin)")
    @PatchMapping("/{id}")
    Pool change(@PathVariable UUID id, @RequestBody PoolSettings body, IfMatch version) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        PoolView now = pools.get(id);
        PoolChange wanted = new PoolChange(
                body.description() == null ? now.description() : body.description(),
                body.selector() == null ? now.selector() : body.selector(),
                body.defaultCeiling() == null ? now.defaultCeiling() : body.defaultCeiling());
        return shown(pools.change(id, wanted, version), pools.stock());
    }

    @Operation(summary = "Remove a pool that no job and no quota ever used (platform admin)")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id, IfMatch version) {
        pools.remove(id, version);
    }

    private static Pool shown(PoolView pool, Map<UUID, PoolStock> stock) {
        return new Pool(
                pool.id(),
                pool.name(),
                pool.description(),
                pool.selector(),
                pool.defaultCeiling(),
                stock.getOrDefault(pool.id(), PoolStock.EMPTY),
                pool.createdAt(),
                pool.version());
    }
}
