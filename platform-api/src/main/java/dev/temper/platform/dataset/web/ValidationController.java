package dev.temper.platform.dataset.web;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.shape.MappingJson;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.dataset.Validation;
import dev.temper.platform.dataset.Validations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/dataset-validations")
@Tag(name = "dataset-validations", description = "What bringing a file in would make of it; nothing is kept.")
class ValidationController {
    private final Validations validations;

    ValidationController(Validations validations) {
        this.validations = validations;
    }

    /** As {@link Validation}, the sample's rows as everywhere in the API. */
    record Judged(
            String format,
            @Nullable String kind,
            long rows,
            long added,
            long kept,
            Map<String, Long> reasons,
            List<Validation.Left> leftOut,
            Validation.Proposed proposal,
            List<RowView> sample,
            Validation.@Nullable Tokens tokens) {
        static Judged of(Validation made) {
            return new Judged(
                    made.format(),
                    made.kind(),
                    made.rows(),
                    made.added(),
                    made.kept(),
                    made.reasons(),
                    made.leftOut(),
                    made.proposal(),
                    made.sample().stream().map(RowView::of).toList(),
                    made.tokens());
        }
    }

    @Operation(
            summary = "Check a file without storing it: what it is, which rows would be kept, why others would be left"
                    + " out, and with a model named what a training would make of them")
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Judged validate(
            @RequestPart MultipartFile file,
            @RequestParam(required = false) @Nullable String mapping,
            @RequestParam(required = false) @Nullable String recipe,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String template,
            @RequestParam(defaultValue = "2048") int cutoff) {
        String fileName = file.getOriginalFilename();
        if (fileName == null || fileName.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        return Judged.of(validations.validate(new Validations.Wanted(
                fileName,
                file::transferTo,
                mapping == null ? null : MappingJson.read(mapping),
                recipe == null ? Recipe.EMPTY : RecipeJson.read(recipe),
                model,
                template,
                cutoff)));
    }
}
