package dev.temper.text.tokenizer;

import java.util.List;

/**
 * A text cut into tokens, for showing.
 *
 * @param ids the ids
 * @param tokens how the vocabulary writes each; byte-level vocabularies write bytes as letters
 * @param offsets where each came from, counted in code points; several tokens may share one character
 */
@SuppressWarnings("ArrayRecordComponent") // ids stay arrays; nobody compares two of these
public record TokenizedText(int[] ids, List<String> tokens, List<Span> offsets) {
    /** From {@code start} to before {@code end}, in code points. */
    public record Span(int start, int end) {
        static final Span NOWHERE = new Span(0, 0);
    }

    public TokenizedText {
        tokens = List.copyOf(tokens);
        offsets = List.copyOf(offsets);
    }
}
