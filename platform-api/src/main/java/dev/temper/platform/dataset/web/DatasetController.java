package dev.temper.platform.dataset.web;

import dev.temper.data.shape.MappingJson;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.DatasetChange;
import dev.temper.platform.dataset.DatasetTags;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Deletions;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Intake;
import dev.temper.platform.dataset.Recipes;
import dev.temper.platform.dataset.VersionView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/datasets")
@Tag(name = "datasets", description = "Rows under a name, in immutable versions.")
class DatasetController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String BRING =
            "Bring a file in: the answer is an import to watch, which makes a version of a new dataset or of the one that is"
                    + " named";

    private final Datasets datasets;
    private final Intake intake;
    private final Recipes recipes;
    private final DatasetTags tags;
    private final Deletions deletions;

    DatasetController(Datasets datasets, Intake intake, Recipes recipes, DatasetTags tags, Deletions deletions) {
        this.datasets = datasets;
        this.intake = intake;
        this.recipes = recipes;
        this.tags = tags;
        this.deletions = deletions;
    }

    /**
     * What to change; what is left out stays.
     *
     * @param archived whether it is put away: out of the list, and nothing is added to it any more
     */
    record Change(
            @Nullable String name,
            @Nullable String description,
            @Nullable List<String> tags,
            @Nullable Boolean archived) {}

    /**
     * A file that was uploaded in parts, or one at an address.
     *
     * @param upload all of whose parts have come
     * @param url of a file of up to 256 MiB on the internet, instead of an upload
     * @param name of a new dataset; the file's without it
     * @param dataset what it becomes the next version of, instead of a new dataset
     * @param mapping which columns are what; without it that is recognised
     * @param recipe what is done to the rows: none, clean, the id of a recipe that is kept, or a recipe
     */
    record Uploaded(
            @Nullable UUID upload,
            @Nullable String url,
            @Nullable String name,
            @Nullable UUID dataset,
            @Nullable Map<String, Object> mapping,
            @Nullable @Schema(types = {"string", "object"}) Object recipe) {}

    /**
     * A form with a file, for the description alone: both ways in are one operation there.
     *
     * @param mapping as JSON
     * @param recipe none, clean, the id of a recipe that is kept, or one as JSON
     */
    record Form(
            @Schema(type = "string", format = "binary") MultipartFile file,
            @Nullable String name,
            @Nullable UUID dataset,
            @Nullable String mapping,
            @Nullable String recipe) {}

    @Operation(
            summary = BRING,
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = Form.class))))
    @ApiResponse(responseCode = "202", description = "The import, waiting for its turn")
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<ImportView> bring(
            @Parameter(hidden = true) @RequestPart MultipartFile file,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable String name,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable UUID dataset,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable String mapping,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable String recipe) {
        return accepted(intake.file(
                file.getOriginalFilename(),
                file.getSize(),
                file::getInputStream,
                wish(dataset, name, mapping, recipe)));
    }

    @Operation(summary = BRING)
    @ApiResponse(responseCode = "202", description = "The import, waiting for its turn")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ImportView> bring(@RequestBody Uploaded body) {
        Intake.Wish wish = wish(
                body.dataset(),
                body.name(),
                body.mapping() == null ? null : JSON.writeValueAsString(body.mapping()),
                recipe(body.recipe()));
        if ((body.upload() == null) == (body.url() == null)) {
            throw ErrorCode.DATASET_SOURCE_UNCLEAR.at(body.url() == null ? "/upload" : "/url");
        }
        return accepted(
                body.url() != null
                        ? intake.address(body.url(), wish)
                        : intake.upload(Objects.requireNonNull(body.upload()), wish));
    }

    private Intake.Wish wish(
            @Nullable UUID dataset, @Nullable String name, @Nullable String mapping, @Nullable String recipe) {
        return new Intake.Wish(
                dataset, name, mapping == null ? null : MappingJson.read(mapping), recipes.chosen(recipe));
    }

    private static @Nullable String recipe(@Nullable Object given) {
        return given == null || given instanceof String ? (String) given : JSON.writeValueAsString(given);
    }

    private static ResponseEntity<ImportView> accepted(ImportView started) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/imports/" + started.id()))
                .body(started);
    }

    @Operation(summary = "List the datasets, newest first")
    @GetMapping
    Page<DatasetView> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = "false") boolean archived) {
        return datasets.list(page, q, archived);
    }

    @Operation(summary = "Show a dataset")
    @GetMapping("/{id}")
    DatasetView get(@PathVariable UUID id) {
        return datasets.get(id);
    }

    @Operation(summary = "Rename, describe or tag a dataset")
    @PatchMapping("/{id}")
    DatasetView change(@PathVariable UUID id, @RequestBody Change body, IfMatch version) {
        return datasets.change(
                id, new DatasetChange(body.name(), body.description(), body.tags(), body.archived()), version);
    }

    @Operation(summary = "Delete a dataset with all of its versions")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, IfMatch version) {
        deletions.dataset(id, version);
    }

    @Operation(summary = "List the tags of a dataset and the versions that they point at")
    @GetMapping("/{id}/tags")
    List<DatasetTags.Tag> tags(@PathVariable UUID id) {
        return tags.of(id);
    }

    /** What a tag shall point at. */
    record Pointing(@NotNull UUID version) {}

    @Operation(summary = "Make a tag, or move it to another version")
    @PutMapping("/{id}/tags/{name}")
    DatasetTags.Tag tag(@PathVariable UUID id, @PathVariable String name, @RequestBody Pointing body, IfMatch version) {
        return tags.put(id, name, body.version(), version);
    }

    @Operation(summary = "Take a tag away")
    @DeleteMapping("/{id}/tags/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void untag(@PathVariable UUID id, @PathVariable String name, IfMatch version) {
        tags.remove(id, name, version);
    }

    @Operation(summary = "List the versions of a dataset, newest first")
    @GetMapping("/{id}/versions")
    Page<VersionView> versions(@PathVariable UUID id, PageQuery page) {
        return datasets.versions(id, page);
    }
}
