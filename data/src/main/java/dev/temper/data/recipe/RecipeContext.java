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
 * @param endpoints by what a recipe calls them, so that no recipe holds an address or a key
 */
public record RecipeContext(
        Path folder, Function<String, Tokenizer> tokenizers, Function<String, ModelEndpoint> endpoints) {
    /** One that knows no endpoint. */
    public RecipeContext(Path folder, Function<String, Tokenizer> tokenizers) {
        this(folder, tokenizers, RecipeContext::noEndpoint);
    }

    /** One that knows no model either. */
    public static RecipeContext in(Path folder) {
        return new RecipeContext(folder, RecipeContext::noModel);
    }

    public RecipeContext withEndpoints(Function<String, ModelEndpoint> others) {
        return new RecipeContext(folder, tokenizers, others);
    }

    private static Tokenizer noModel(String model) {
        throw CodedException.user(
                        "recipe_model_missing",
                        "The recipe counts tokens, but no model is chosen to count them.",
                        "Choose a base model, or remove the step.")
                .with("model", model);
    }

    private static ModelEndpoint noEndpoint(String endpoint) {
        throw CodedException.user(
                        "recipe_endpoint_missing",
                        "The recipe asks a model at " + endpoint + ", but no such endpoint is configured.",
                        "Configure the endpoint, or remove the step.")
                .with("endpoint", endpoint);
    }
}
