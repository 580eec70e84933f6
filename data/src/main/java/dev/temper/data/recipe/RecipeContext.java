package dev.temper.data.recipe;

import dev.temper.contract.CodedException;
import dev.temper.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What a run gives its steps.
 *
 * @param folder of the run alone; it outlives a crash and is deleted by whoever made it
 * @param tokenizers by what a recipe calls the model; empty for the one the import was told
 */
public record RecipeContext(Path folder, Function<String, Tokenizer> tokenizers) {
    /** One that knows no model. */
    public static RecipeContext in(Path folder) {
        return new RecipeContext(folder, model -> {
            throw CodedException.user(
                            "recipe_model_missing",
                            "The recipe counts tokens, but no model is chosen to count them.",
                            "Choose a base model, or remove the step.")
                    .with("model", model);
        });
    }
}
