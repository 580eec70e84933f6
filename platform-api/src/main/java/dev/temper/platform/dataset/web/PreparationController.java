package dev.temper.platform.dataset.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.StepReport;
import dev.temper.data.row.CanonicalJson;
import dev.temper.platform.dataset.DryRun;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Preparation;
import dev.temper.platform.dataset.Preparations;
import dev.temper.platform.dataset.Recipes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/dataset-versions/{id}")
@Tag(name = "preparations", description = "Making a version from others: by a recipe, by a mix, or both.")
class PreparationController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Preparations preparations;
    private final Recipes recipes;

    PreparationController(Preparations preparations, Recipes recipes) {
        this.preparations = preparations;
        this.recipes = recipes;
    }

    /**
     * What to make.
     *
     * @param recipe none, clean, the id of one that is kept, or a recipe
     * @param ratio how often a row is taken on average, from 0.01 to 10; once without it
     * @param with versions to mix in
     */
    record NewPreparation(
            @Nullable @Schema(types = {"string", "object"}) Object recipe,
            @Nullable Double ratio,
            @Nullable List<MixedIn> with) {}

    /** A version to mix in, and how often a row of it is taken on average. */
    record MixedIn(@NotNull UUID version, @Nullable Double ratio) {}

    /** What to try. */
    record Trial(
            @Nullable @Schema(types = {"string", "object"}) Object recipe) {}

    /** What a recipe would do to the first rows. */
    record DryRunView(
            long looked,
            long added,
            long kept,
            long leftOut,
            Map<String, Long> reasons,
            List<StepReport> steps,
            List<TriedView> rows) {
        static DryRunView of(DryRun run, Locale locale) {
            return new DryRunView(
                    run.looked(),
                    run.added(),
                    run.kept(),
                    run.leftOut(),
                    run.reasons(),
                    run.steps(),
                    run.rows().stream().map(row -> TriedView.of(row, locale)).toList());
        }
    }

    /**
     * One row before and after.
     *
     * @param code why it would be left out
     */
    record TriedView(
            long number,
            @JsonRawValue String before,
            @JsonRawValue String after,
            @Nullable String code,
            @Nullable String message) {
        static TriedView of(DryRun.Tried row, Locale locale) {
            return new TriedView(
                    row.number(),
                    CanonicalJson.write(row.before()),
                    JSON.writeValueAsString(
                            row.after().stream().map(CanonicalJson::node).toList()),
                    row.leftOut().isEmpty() ? null : row.leftOut().getFirst().code(),
                    row.reason(locale));
        }
    }

    @Operation(
            summary =
                    "Make the next version of the dataset from this one: by a recipe, by a mix, or both; the answer is to"
                            + " be watched like an import")
    @ApiResponse(responseCode = "202", description = "It waits for its turn")
    @PostMapping("/preparations")
    ResponseEntity<ImportView> prepare(@PathVariable UUID id, @RequestBody NewPreparation body) {
        List<MixedIn> with = Objects.requireNonNullElse(body.with(), List.of());
        ImportView started = preparations.start(new Preparation(
                id,
                Objects.requireNonNullElse(body.ratio(), 1.0),
                with.stream()
                        .map(one -> new Preparation.Mixed(one.version(), Objects.requireNonNullElse(one.ratio(), 1.0)))
                        .toList(),
                recipe(body.recipe())));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/imports/" + started.id()))
                .body(started);
    }

    @Operation(summary = "Try a recipe on the first rows of this version; nothing is kept")
    @PostMapping("/dry-runs")
    DryRunView dryRun(@PathVariable UUID id, @RequestBody Trial body, Locale locale) {
        return DryRunView.of(preparations.dryRun(id, recipe(body.recipe())), locale);
    }

    private Recipe recipe(@Nullable Object given) {
        return recipes.chosen(
                given == null || given instanceof String ? (String) given : JSON.writeValueAsString(given));
    }
}
