package dev.temper.text.tokenizer;

import dev.temper.contract.CodedException;

/** Half characters: Java's strings can hold them, UTF-8 cannot, so no tokenizer takes them. */
public final class Surrogates {
    private Surrogates() {}

    /** Refuses a text in which one half of a pair stands alone. */
    public static void refuse(CharSequence text) {
        int at = firstLone(text);
        if (at >= 0) {
            throw CodedException.user(
                            "text_lone_surrogate",
                            "The text holds half a character (U+%04X) at position %d; it cannot be encoded."
                                    .formatted((int) text.charAt(at), at),
                            "Repair the text where it was cut, or replace the half by U+FFFD.")
                    .with("position", at);
        }
    }

    /** The index of the first half that stands alone, or -1. */
    public static int firstLone(CharSequence text) {
        for (int i = 0; i < text.length(); i += Character.charCount(Character.codePointAt(text, i))) {
            // A whole pair reads as one code point beyond the first plane; what is left in the range is half of one.
            int codePoint = Character.codePointAt(text, i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return i;
            }
        }
        return -1;
    }
}
