package dev.temper.platform.dataset.web;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.RecipeChange;
import dev.temper.platform.dataset.RecipeSteps;
import dev.temper.platform.dataset.RecipeSteps.StepView;
import dev.temper.platform.dataset.RecipeVersionView;
import dev.temper.platform.dataset.RecipeView;
import dev.temper.platform.dataset.Recipes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "recipes", description = "What is done to rows, in which order, kept under a name and by version.")
class RecipeController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Recipes recipes;

    RecipeController(Recipes recipes) {
        this.recipes = recipes;
    }

    /**
     * A recipe to keep.
     *
     * @param recipe as in {@code {"version": 1, "steps": [{"step": "normalise"}]}}
     * @param mapping which columns are what, for files with these columns
     */
    record NewRecipe(
            @NotBlank String name,
            @Nullable String description,
            @NotNull Map<String, Object> recipe,
            @Nullable Map<String, Object> mapping,
            @Nullable List<String> columns) {}

    /** What to change; what is left out stays. */
    record Change(
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, Object> recipe,
            @Nullable Map<String, Object> mapping) {}

    @Operation(summary = "List every step a recipe may have, with its settings, in the language asked for")
    @GetMapping("/api/v1/recipe-steps")
    List<StepView> steps(Locale locale) {
        return RecipeSteps.all(locale);
    }

    @Operation(summary = "List the recipes that are kept, newest first")
    @GetMapping("/api/v1/recipes")
    Page<RecipeView> list(PageQuery page) {
        return recipes.list(page);
    }

    @Operation(summary = "Keep a recipe under a name")
    @PostMapping("/api/v1/recipes")
    ResponseEntity<RecipeView> create(@RequestBody NewRecipe body) {
        RecipeView made = recipes.create(
                body.name(),
                body.description() == null ? "" : body.description(),
                recipe(body.recipe()),
                body.mapping() == null ? null : mapping(body.mapping()),
                body.columns() == null ? List.of() : body.columns());
        return ResponseEntity.created(URI.create("/api/v1/recipes/" + made.id()))
                .body(made);
    }

    @Operation(summary = "Show a recipe as its newest version is")
    @GetMapping("/api/v1/recipes/{id}")
    RecipeView get(@PathVariable UUID id) {
        return recipes.get(id);
    }

    @Operation(summary = "Rename a recipe, or make a new version of it; what ran keeps the version it ran")
    @PatchMapping("/api/v1/recipes/{id}")
    RecipeView change(@PathVariable UUID id, @RequestBody Change body, IfMatch version) {
        RecipeChange change = new RecipeChange(
                body.name(),
                body.description(),
                body.recipe() == null ? null : recipe(body.recipe()),
                body.mapping() == null ? null : mapping(body.mapping()));
        return recipes.change(id, change, version);
    }

    @Operation(summary = "Delete a recipe; what ran with it stays as it is")
    @DeleteMapping("/api/v1/recipes/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, IfMatch version) {
        recipes.delete(id, version);
    }

    @Operation(summary = "List the versions of a recipe, newest first")
    @GetMapping("/api/v1/recipes/{id}/versions")
    Page<RecipeVersionView> versions(@PathVariable UUID id, PageQuery page) {
        return recipes.versions(id, page);
    }

    static Recipe recipe(Map<String, Object> given) {
        return RecipeJson.read(JSON.<JsonNode>valueToTree(given));
    }

    static Mapping mapping(Map<String, Object> given) {
        return MappingJson.read(JSON.<JsonNode>valueToTree(given));
    }
}
