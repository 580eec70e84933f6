package dev.temper.platform.model.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.model.TunedModelView;
import dev.temper.platform.model.TunedModels;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tuned-models")
@Tag(name = "tuned-models", description = "What came of tasks that succeeded, and of what it came.")
class TunedModelController {
    private final TunedModels models;

    TunedModelController(TunedModels models) {
        this.models = models;
    }

    /** A file of a tuned model. */
    record TunedFile(String path, String sha256, long size) {}

    @Operation(summary = "List the tuned models, newest first")
    @GetMapping
    Page<TunedModelView> list(PageQuery page) {
        return models.list(page);
    }

    @Operation(summary = "Show a tuned model and what it came of")
    @GetMapping("/{id}")
    TunedModelView get(@PathVariable UUID id) {
        return models.get(id);
    }

    @Operation(summary = "List its files")
    @GetMapping("/{id}/files")
    List<TunedFile> files(@PathVariable UUID id) {
        return models.files(id).stream()
                .map(file -> new TunedFile(file.path(), file.sha256(), file.size()))
                .toList();
    }

    @Operation(summary = "Take one of its files by its path, without one the weights; with Range a part of it")
    @GetMapping(path = "/{id}/content", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Resource> content(@PathVariable UUID id, @RequestParam(defaultValue = "") String path) {
        return models.take(id, path).answer();
    }

    @Operation(summary = "Delete a tuned model; what its task says of its run stays")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        models.delete(id);
    }
}
