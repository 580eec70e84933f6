package dev.temper.platform.tenant.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.tenant.ApiKeyView;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.IssuedApiKey;
import dev.temper.platform.tenant.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
@RequestMapping("/api/v1/api-keys")
@Tag(name = "api-keys", description = "Keys for programs: one's own, or the tenant's for its admins.")
class ApiKeyController {
    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    /** What a key is called, what it is for, and when it stops working; without that never. */
    record NewApiKey(
            @NotBlank String name,
            @NotEmpty Set<Scope> scopes,
            @Nullable Instant expiresAt) {}

    @Operation(summary = "Create a key; its secret is in this answer and nowhere else")
    @PostMapping
    ResponseEntity<IssuedApiKey> create(@RequestBody NewApiKey body) {
        IssuedApiKey issued = keys.create(body.name(), body.scopes(), body.expiresAt());
        return ResponseEntity.created(
                        URI.create("/api/v1/api-keys/" + issued.apiKey().id()))
                .body(issued);
    }

    @Operation(summary = "List the keys, newest first")
    @GetMapping
    Page<ApiKeyView> list(PageQuery page) {
        return keys.list(page);
    }

    @Operation(summary = "Show a key")
    @GetMapping("/{id}")
    ApiKeyView get(@PathVariable UUID id) {
        return keys.get(id);
    }

    @Operation(summary = "Revoke a key, at once")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        keys.revoke(id);
    }
}
