package dev.temper.platform.model;

import dev.temper.model.ModelFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a model's files.
 *
 * @param chatTemplate its own; null where it has none
 * @param tokenizer the files of a tokenizer that was made from a GGUF file, by name; none where the model has them itself
 */
record Inspection(ModelFacts facts, @Nullable String chatTemplate, Map<String, byte[]> tokenizer) {
    Inspection {
        tokenizer = Map.copyOf(tokenizer);
    }
}
