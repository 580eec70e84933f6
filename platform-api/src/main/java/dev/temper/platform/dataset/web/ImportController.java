package dev.temper.platform.dataset.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.MappingPreview;
import dev.temper.data.shape.Outcome;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.Attachment;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.LeftOutRow;
import dev.temper.platform.dataset.MappingPreviews;
import dev.temper.platform.dataset.Recipes;
import dev.temper.platform.dataset.RepairFiles;
import dev.temper.platform.dataset.Repairs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/imports")
@Tag(name = "imports", description = "Files on their way to becoming versions of datasets.")
class ImportController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Imports imports;
    private final Recipes recipes;
    private final MappingPreviews previews;
    private final Repairs repairs;
    private final RepairFiles files;

    ImportController(Imports imports, Recipes recipes, MappingPreviews previews, Repairs repairs, RepairFiles files) {
        this.imports = imports;
        this.recipes = recipes;
        this.previews = previews;
        this.repairs = repairs;
        this.files = files;
    }

    /**
     * Which columns are what.
     *
     * @param shape as in columns, alpaca or messages
     * @param fields templates by field, as in {@code "user": "{{question}}"}
     * @param keep other columns to keep with the row; without it all of them
     * @param read how the file is read where detection errs: {@code encoding, delimiter, header, path, sheets}
     * @param recipe none, clean, the id of one that is kept, or one as JSON; without it the one the import was given
     */
    record NewMapping(
            @NotBlank String shape,
            @Nullable Map<String, String> fields,
            @Nullable List<String> keep,
            @Nullable Map<String, Object> read,
            @Nullable String recipe) {
        Mapping mapping() {
            return new TriedMapping(shape, fields, keep, read).mapping();
        }
    }

    /** The same without what is done to the rows, for looking at what it makes of some. */
    record TriedMapping(
            @NotBlank String shape,
            @Nullable Map<String, String> fields,
            @Nullable List<String> keep,
            @Nullable Map<String, Object> read) {
        Mapping mapping() {
            ObjectNode node = JSON.createObjectNode().put("shape", shape);
            if (fields != null) {
                node.set("fields", JSON.valueToTree(fields));
            }
            if (keep != null) {
                node.set("keep", JSON.valueToTree(keep));
            }
            if (read != null) {
                node.set("read", JSON.valueToTree(read));
            }
            return MappingJson.read(node);
        }
    }

    @Operation(summary = "List the imports, newest first")
    @GetMapping
    Page<ImportView> list(PageQuery page, @RequestParam(required = false) @Nullable UUID dataset, Locale locale) {
        return imports.list(page, dataset).map(one -> one.in(locale));
    }

    @Operation(summary = "Show an import and how far it is")
    @GetMapping("/{id}")
    ImportView get(@PathVariable UUID id, Locale locale) {
        return imports.get(id).in(locale);
    }

    @Operation(summary = "List the rows it left out, each with its place and reason")
    @GetMapping("/{id}/left-out")
    Page<LeftOutRow> leftOut(
            @PathVariable UUID id,
            PageQuery page,
            @RequestParam(required = false) @Nullable String code,
            Locale locale) {
        return imports.leftOut(id, code, page).map(row -> row.in(locale));
    }

    /** Rows as they should have stood in the file. */
    record Mending(@NotNull List<Mended> repairs, @Nullable String note) {}

    /** One row: its number in the report, and the record it shall be, or the text where it could not be read as one. */
    record Mended(
            long number,
            @NotNull @Schema(types = {"object", "string"}) Object content) {}

    @Operation(
            summary =
                    "Bring rows in that were left out, mended: they become rows of the next version; what can't be used yet is"
                            + " told with its reason")
    @PostMapping("/{id}/repairs")
    Repairs.Result repair(@PathVariable UUID id, @RequestBody Mending body, Locale locale) {
        Map<Long, JsonNode> mended = new LinkedHashMap<>();
        for (Mended one : body.repairs()) {
            if (mended.put(one.number(), JSON.valueToTree(one.content())) != null) {
                throw ErrorCode.FIELD_REPEATED.at("/repairs").with("value", one.number());
            }
        }
        return repairs.repair(id, mended, Objects.requireNonNullElse(body.note(), ""))
                .in(locale);
    }

    @Operation(summary = "The same with the downloaded report, mended in a spreadsheet or an editor")
    @PostMapping(path = "/{id}/repair-file", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Repairs.Result repairByFile(
            @PathVariable UUID id,
            @RequestPart MultipartFile file,
            @RequestParam(required = false) @Nullable String note,
            Locale locale)
            throws IOException {
        Path copy = Files.createTempFile("repairs", ".upload");
        try {
            file.transferTo(copy);
            return files.take(
                            id,
                            copy,
                            Objects.requireNonNullElse(file.getOriginalFilename(), ""),
                            Objects.requireNonNullElse(note, ""))
                    .in(locale);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    @Operation(summary = "Download the rows that are left out yet, each with its number, place and reason")
    @ApiResponse(
            responseCode = "200",
            description = "The file, sent as it is read",
            content = {
                @Content(mediaType = "application/jsonl", schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @GetMapping("/{id}/left-out/export")
    void download(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "JSONL") RepairFiles.Form format,
            HttpServletResponse response)
            throws IOException {
        Attachment.of(files.begin(id, format), format.mediaType()).on(response);
        files.write(id, format, response.getOutputStream());
    }

    @Operation(summary = "Say which columns are what, where it waits for that; it goes on")
    @PutMapping("/{id}/mapping")
    ImportView map(@PathVariable UUID id, @RequestBody NewMapping body) {
        return imports.map(id, body.mapping(), body.recipe() == null ? null : recipes.chosen(body.recipe()));
    }

    /** One record before and after: what the file has, and the row it becomes or why it becomes none. */
    record PreviewLine(
            @JsonRawValue @Nullable String source,
            @JsonRawValue @Nullable String row,
            @Nullable String code,
            @Nullable String message) {
        static PreviewLine of(MappingPreview.Line line, Locale locale) {
            String source = line.source() == null ? null : line.source().toString();
            return switch (line.outcome()) {
                case Outcome.Kept(Row row) -> new PreviewLine(source, CanonicalJson.write(row), null, null);
                case Outcome.Left(LeftOut left) ->
                    new PreviewLine(source, null, left.code(), MappingPreviews.reason(left, locale));
            };
        }
    }

    /** What a mapping makes of the first records. */
    record Preview(String format, List<String> columns, List<PreviewLine> lines) {}

    @Operation(summary = "Show what a mapping would make of the first ten records; nothing is changed")
    @PostMapping("/{id}/mapping-previews")
    Preview preview(@PathVariable UUID id, @RequestBody TriedMapping body, Locale locale) {
        MappingPreview preview = previews.of(id, body.mapping());
        return new Preview(
                preview.detected().format().id(),
                preview.columns(),
                preview.lines().stream()
                        .map(line -> PreviewLine.of(line, locale))
                        .toList());
    }

    @Operation(summary = "Stop it; nothing of it stays")
    @PostMapping("/{id}/cancel")
    ImportView cancel(@PathVariable UUID id) {
        return imports.cancel(id);
    }
}
