package dev.temper.trainer.model.generation;

import java.util.List;

/**
 * A continuation.
 *
 * @param ids its tokens, without the one that ended it
 * @param text what they say, without special tokens and without the string that ended it
 * @param end why it ended
 */
public record GeneratedText(List<Integer> ids, String text, End end) {
    /** Why a text ended. */
    public enum End {
        /** The model said so, by one of the tokens that end a text. */
        TOKEN,
        /** A string came that ends a text. */
        STRING,
        /** It was cut off at the most tokens it may have. */
        LENGTH,
        /** Whoever listens had enough. */
        CANCELLED
    }

    public GeneratedText {
        ids = List.copyOf(ids);
    }
}
