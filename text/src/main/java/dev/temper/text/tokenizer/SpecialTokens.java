package dev.temper.text.tokenizer;

import org.jspecify.annotations.Nullable;

/** The tokens with a role, by their text; null where the model has none. */
public record SpecialTokens(
        @Nullable String bos,
        @Nullable String eos,
        @Nullable String pad,
        @Nullable String unk) {
    public static final SpecialTokens NONE = new SpecialTokens(null, null, null, null);
}
