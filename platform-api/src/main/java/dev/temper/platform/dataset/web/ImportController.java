package dev.temper.platform.dataset.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.MappingPreview;
import dev.temper.data.shape.Outcome;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.LeftOutRow;
import dev.temper.platform.dataset.MappingPreviews;
import dev.temper.platform.dataset.Recipes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
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

    ImportController(Imports imports, Recipes recipes, MappingPreviews previews) {
        this.imports = imports;
        this.recipes = recipes;
        this.previews = previews;
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
    Preview preview(@PathVariable UUID id, @RequestBody NewMapping body, Locale locale) {
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
