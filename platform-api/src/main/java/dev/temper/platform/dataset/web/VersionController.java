package dev.temper.platform.dataset.web;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Deletions;
import dev.temper.platform.dataset.Edits;
import dev.temper.platform.dataset.Exports;
import dev.temper.platform.dataset.Lineage;
import dev.temper.platform.dataset.Lineages;
import dev.temper.platform.dataset.RowEdit;
import dev.temper.platform.dataset.RowOrder;
import dev.temper.platform.dataset.RowQuery;
import dev.temper.platform.dataset.VersionDiff;
import dev.temper.platform.dataset.VersionView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/dataset-versions")
@Tag(name = "dataset-versions", description = "Immutable rows, and what is in them.")
class VersionController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Datasets datasets;
    private final Edits edits;
    private final Exports exports;
    private final Lineages lineages;
    private final Deletions deletions;

    VersionController(Datasets datasets, Edits edits, Exports exports, Lineages lineages, Deletions deletions) {
        this.datasets = datasets;
        this.edits = edits;
        this.exports = exports;
        this.lineages = lineages;
        this.deletions = deletions;
    }

    /**
     * Rows another way.
     *
     * @param added canonical rows to put behind the last one
     * @param note why; it stays with the version
     * @param branch whether to make it although another version was made from this one meanwhile
     */
    record Changes(
            @Nullable List<Edit> edits,
            @Nullable List<Map<String, Object>> added,
            @Nullable String note,
            @Nullable Boolean branch) {}

    /** One row: its number in the version, and the canonical row it shall be; without that it is taken out. */
    record Edit(long number, @Nullable Map<String, Object> row) {}

    @Operation(summary = "Show a version with its statistics")
    @GetMapping("/{id}")
    VersionView get(@PathVariable UUID id) {
        return datasets.version(id);
    }

    @Operation(summary = "List the rows of a version")
    @GetMapping("/{id}/rows")
    Page<RowView> rows(
            @PathVariable UUID id,
            PageQuery page,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable RowKind kind,
            @RequestParam(required = false) @Nullable String file,
            @RequestParam(required = false) @Nullable Long least,
            @RequestParam(required = false) @Nullable Long most,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String split,
            @RequestParam(required = false) @Nullable String problem,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(defaultValue = "NUMBER") RowOrder order) {
        RowQuery query =
                new RowQuery(q, kind, file, least, most, language, split, problem, from == null ? 1 : from, order);
        return datasets.rows(id, query, page).map(RowView::of);
    }

    @Operation(summary = "Show one row of a version")
    @GetMapping("/{id}/rows/{number}")
    RowView row(@PathVariable UUID id, @PathVariable long number) {
        return RowView.of(datasets.row(id, number));
    }

    @Operation(
            summary = "Say what a version changed against another; without one, against the version it was made from")
    @GetMapping("/{id}/diff")
    RowView.Diff diff(
            @PathVariable UUID id,
            PageQuery page,
            @RequestParam(required = false) @Nullable UUID against,
            @RequestParam(required = false) VersionDiff.@Nullable Kind kind) {
        return RowView.Diff.of(datasets.diff(id, against, kind, page));
    }

    @Operation(summary = "Say where a version comes from, what was made from it, and what needs it")
    @GetMapping("/{id}/lineage")
    Lineage lineage(@PathVariable UUID id) {
        return lineages.of(id);
    }

    @Operation(summary = "Delete a version that nothing needs; versions made from it stay")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        deletions.version(id);
    }

    @Operation(summary = "Make the next version of the dataset, with rows another way, taken out or added")
    @PostMapping("/{id}/edits")
    ResponseEntity<VersionView> edit(@PathVariable UUID id, @RequestBody Changes body) {
        List<RowEdit> wanted = new ArrayList<>();
        for (Edit edit : Objects.requireNonNullElse(body.edits(), List.<Edit>of())) {
            String field = "/edits/" + wanted.size() + "/row";
            wanted.add(new RowEdit(edit.number(), edit.row() == null ? null : row(edit.row(), field)));
        }
        List<Row> added = new ArrayList<>();
        for (Map<String, Object> row : Objects.requireNonNullElse(body.added(), List.<Map<String, Object>>of())) {
            added.add(row(row, "/added/" + added.size()));
        }
        VersionView made = edits.make(new Edits.Wanted(
                id, wanted, added, Objects.requireNonNullElse(body.note(), ""), Boolean.TRUE.equals(body.branch())));
        return ResponseEntity.created(URI.create("/api/v1/dataset-versions/" + made.id()))
                .body(made);
    }

    private static Row row(Map<String, Object> given, String field) {
        try {
            return CanonicalJson.row(JSON.valueToTree(given));
        } catch (IllegalArgumentException misshapen) {
            throw ErrorCode.FIELD_NOT_IN_FORM
                    .at(field)
                    .with("form", "{\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, …]}")
                    .because(misshapen);
        }
    }

    @Operation(summary = "Download the rows of a version; the download itself is noted")
    @ApiResponse(
            responseCode = "200",
            description = "The file, sent as it is read",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(type = "string")),
                @Content(mediaType = "application/jsonl", schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(
                        mediaType = "application/vnd.apache.parquet",
                        schema = @Schema(type = "string", format = "binary"))
            })
    @GetMapping("/{id}/export")
    void export(
            @PathVariable UUID id, @RequestParam(defaultValue = "alpaca") String format, HttpServletResponse response)
            throws IOException {
        exports.send(id, format, response);
    }
}
