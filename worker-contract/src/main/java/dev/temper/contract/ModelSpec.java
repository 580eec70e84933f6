package dev.temper.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model a run starts from.
 *
 * @param path a Hugging Face folder or a GGUF file
 * @param name what the files of the trained model call it by, since where it lay means nothing elsewhere; its path where null
 * @param adapter a PEFT adapter folder to go on with
 * @param ropeScaling {@code linear}, {@code dynamic}, {@code yarn} or {@code llama3} in place of what the model says
 * @param resizeVocab whether the embeddings grow to the tokens added
 */
public record ModelSpec(
        String path,
        @Nullable String name,
        @Nullable String adapter,
        @Nullable String ropeScaling,
        boolean resizeVocab,
        List<String> addTokens,
        List<String> addSpecialTokens) {
    public ModelSpec {
        Check.notBlank("model.path", path);
        Check.oneOf("model.ropeScaling", ropeScaling, "linear", "dynamic", "yarn", "llama3");
        addTokens = List.copyOf(addTokens);
        addSpecialTokens = List.copyOf(addSpecialTokens);
    }

    /** What others know it by. */
    public String shownName() {
        return name == null ? path : name;
    }
}
