package dev.temper.platform.dataset.web;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.shape.MappingJson;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.dataset.DatasetChange;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.VersionView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/datasets")
@Tag(name = "datasets", description = "Rows under a name, in immutable versions.")
class DatasetController {
    private final Datasets datasets;
    private final Imports imports;
    private final Blobs blobs;

    DatasetController(Datasets datasets, Imports imports, Blobs blobs) {
        this.datasets = datasets;
        this.imports = imports;
        this.blobs = blobs;
    }

    /** What to change; what is left out stays. */
    record Change(
            @Nullable String name,
            @Nullable String description,
            @Nullable List<String> tags) {}

    @Operation(
            summary =
                    "Bring a file in: the answer is an import to watch, which makes a version of a new dataset or of the one"
                            + " that is named")
    @ApiResponse(responseCode = "202", description = "The import, waiting for its turn")
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<ImportView> bring(
            @RequestPart MultipartFile file,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable UUID dataset,
            @RequestParam(required = false) @Nullable String mapping,
            @RequestParam(required = false) @Nullable String recipe) {
        Caller.current().require(Permission.WRITE);
        var wantedMapping = mapping == null ? null : MappingJson.read(mapping);
        Recipe wantedRecipe = recipe == null ? Recipe.EMPTY : RecipeJson.read(recipe);
        String fileName = file.getOriginalFilename();
        if (fileName == null || fileName.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        blobs.refuseAboveQuota(file.getSize());
        Blob blob = blobs.store(out -> {
            try (var in = file.getInputStream()) {
                in.transferTo(out);
            }
        });
        ImportView started =
                imports.start(new Imports.Wanted(dataset, name, fileName, blob, wantedMapping, wantedRecipe));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/imports/" + started.id()))
                .body(started);
    }

    @Operation(summary = "List the datasets, newest first")
    @GetMapping
    Page<DatasetView> list(PageQuery page, @RequestParam(required = false) @Nullable String q) {
        return datasets.list(page, q);
    }

    @Operation(summary = "Show a dataset")
    @GetMapping("/{id}")
    DatasetView get(@PathVariable UUID id) {
        return datasets.get(id);
    }

    @Operation(summary = "Rename, describe or tag a dataset")
    @PatchMapping("/{id}")
    DatasetView change(@PathVariable UUID id, @RequestBody Change body, IfMatch version) {
        return datasets.change(id, new DatasetChange(body.name(), body.description(), body.tags()), version);
    }

    @Operation(summary = "Delete a dataset with all of its versions")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, IfMatch version) {
        datasets.delete(id, version);
    }

    @Operation(summary = "List the versions of a dataset, newest first")
    @GetMapping("/{id}/versions")
    Page<VersionView> versions(@PathVariable UUID id, PageQuery page) {
        return datasets.versions(id, page);
    }
}
