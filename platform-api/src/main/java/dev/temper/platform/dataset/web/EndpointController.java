package dev.temper.platform.dataset.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.EndpointChange;
import dev.temper.platform.dataset.EndpointView;
import dev.temper.platform.dataset.ModelEndpoints;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/model-endpoints")
@Tag(name = "model-endpoints", description = "Models elsewhere that recipes may ask.")
class EndpointController {
    private final ModelEndpoints endpoints;

    EndpointController(ModelEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * An endpoint that speaks OpenAI's chat completions.
     *
     * @param baseUrl up to and without /chat/completions
     * @param key sent as a bearer token; kept encrypted and never shown again
     */
    record NewEndpoint(
            @NotBlank String name,
            @NotBlank String baseUrl,
            @NotBlank String model,
            @Nullable String key) {}

    /**
     * What to change; what is left out stays, but a key is forgotten with the address it was for.
     *
     * @param key empty to forget it
     */
    record Change(
            @Nullable String name,
            @Nullable String baseUrl,
            @Nullable String model,
            @Nullable String key) {}

    @Operation(summary = "List the models that recipes may ask, newest first")
    @GetMapping
    Page<EndpointView> list(PageQuery page) {
        return endpoints.list(page);
    }

    @Operation(summary = "Configure a model that recipes may ask")
    @PostMapping
    ResponseEntity<EndpointView> create(@RequestBody NewEndpoint body) {
        EndpointView made = endpoints.create(new EndpointChange(body.name(), body.baseUrl(), body.model(), body.key()));
        return ResponseEntity.created(URI.create("/api/v1/model-endpoints/" + made.id()))
                .body(made);
    }

    @Operation(summary = "Show an endpoint, without its key")
    @GetMapping("/{id}")
    EndpointView get(@PathVariable UUID id) {
        return endpoints.get(id);
    }

    @Operation(summary = "Change an endpoint")
    @PatchMapping("/{id}")
    EndpointView change(@PathVariable UUID id, @RequestBody Change body, IfMatch version) {
        return endpoints.change(id, new EndpointChange(body.name(), body.baseUrl(), body.model(), body.key()), version);
    }

    @Operation(summary = "Delete an endpoint; recipes that name it are refused then")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, IfMatch version) {
        endpoints.delete(id, version);
    }
}
