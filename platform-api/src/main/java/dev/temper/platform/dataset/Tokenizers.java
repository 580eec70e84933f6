package dev.temper.platform.dataset;

import dev.temper.text.tokenizer.Tokenizer;
import java.util.List;

/** The tokenizers of base models, for counting tokens before anything is trained. */
public interface Tokenizers {
    /** The models there are, by name. */
    List<String> models();

    /**
     * The tokenizer of a model.
     *
     * @param model as a recipe calls it; empty for the first
     * @throws dev.temper.contract.CodedException if there is no such model
     */
    Tokenizer find(String model);
}
