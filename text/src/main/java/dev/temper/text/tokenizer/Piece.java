package dev.temper.text.tokenizer;

/**
 * A stretch of text to encode.
 *
 * @param markup whether control tokens written in it are control tokens; in all other text they are only characters
 */
public record Piece(String text, boolean markup) {
    public static Piece markup(String text) {
        return new Piece(text, true);
    }

    public static Piece text(String text) {
        return new Piece(text, false);
    }
}
