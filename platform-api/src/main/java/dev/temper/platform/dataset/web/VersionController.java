package dev.temper.platform.dataset.web;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.RowKind;
import dev.temper.data.write.ExportFormat;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.Exports;
import dev.temper.platform.dataset.RowEdit;
import dev.temper.platform.dataset.RowOrder;
import dev.temper.platform.dataset.RowQuery;
import dev.temper.platform.dataset.VersionView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/dataset-versions")
@Tag(name = "dataset-versions", description = "Immutable rows, and what is in them.")
class VersionController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Datasets datasets;
    private final Exports exports;

    VersionController(Datasets datasets, Exports exports) {
        this.datasets = datasets;
        this.exports = exports;
    }

    /** Rows another way. */
    record Edits(@NotNull List<Edit> edits, @Nullable String note) {}

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
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(defaultValue = "NUMBER") RowOrder order) {
        return datasets.rows(id, new RowQuery(q, kind, from == null ? 1 : from, order), page)
                .map(RowView::of);
    }

    @Operation(
            summary = "Say what a version changed against another; without one, against the version it was made from")
    @GetMapping("/{id}/diff")
    RowView.Diff diff(@PathVariable UUID id, @RequestParam(required = false) @Nullable UUID against) {
        return RowView.Diff.of(datasets.diff(id, against));
    }

    @Operation(summary = "Make the next version of the dataset, with some rows another way")
    @PostMapping("/{id}/edits")
    ResponseEntity<VersionView> edit(@PathVariable UUID id, @RequestBody Edits body) {
        List<RowEdit> edits = new ArrayList<>();
        for (Edit edit : body.edits()) {
            edits.add(new RowEdit(edit.number(), edit.row() == null ? null : row(edit.row(), edits.size())));
        }
        VersionView made = datasets.edit(id, edits, body.note() == null ? "" : body.note());
        return ResponseEntity.created(URI.create("/api/v1/dataset-versions/" + made.id()))
                .body(made);
    }

    private static dev.temper.data.row.Row row(Map<String, Object> given, int index) {
        try {
            return CanonicalJson.row(JSON.valueToTree(given));
        } catch (IllegalArgumentException misshapen) {
            throw ErrorCode.FIELD_NOT_IN_FORM
                    .at("/edits/" + index + "/row")
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
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @GetMapping("/{id}/export")
    void export(
            @PathVariable UUID id, @RequestParam(defaultValue = "alpaca") String format, HttpServletResponse response)
            throws IOException {
        ExportFormat wanted = ExportFormat.of(format)
                .orElseThrow(() -> ErrorCode.PARAMETER_WRONG
                        .at("format")
                        .with("parameter", "format")
                        .with(
                                "expected",
                                Arrays.stream(ExportFormat.values())
                                        .map(ExportFormat::id)
                                        .toList()));
        String name = exports.begin(id, wanted);
        response.setContentType(wanted.mediaType() + ";charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, java.nio.charset.StandardCharsets.UTF_8)
                        .build()
                        .toString());
        exports.write(id, wanted, response.getOutputStream());
    }
}
