package dev.temper.data.clean;

import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import dev.temper.text.tokenizer.Tokenizer;
import java.util.List;

/**
 * How many tokens words take, and how much of them fits.
 *
 * @param perTurn tokens a template puts around each turn
 */
record TokenCount(Tokenizer tokenizer, int limit, int perTurn) {
    int of(String text) {
        return text.isEmpty() ? 0 : tokenizer.encode(text).length;
    }

    int of(Turn turn) {
        return of(turn.text()) + perTurn;
    }

    int of(List<Turn> turns) {
        return turns.stream().mapToInt(this::of).sum();
    }

    /** Of the longer way to train with the row: with the longer one of two answers. */
    int of(Row row) {
        if (row.text() != null) {
            return of(row.text());
        }
        int answers =
                row.chosen() == null || row.rejected() == null ? 0 : Math.max(of(row.chosen()), of(row.rejected()));
        return of(row.turns()) + answers;
    }

    /** Whether it fits without counting: a token is at least one byte, and a char at most three. */
    boolean surelyFits(Row row) {
        long most = (long) perTurn * (row.turns().size() + 1);
        most += row.text() == null ? 0 : 3L * row.text().length();
        for (Turn turn : row.turns()) {
            most += 3L * turn.text().length();
        }
        if (row.chosen() != null && row.rejected() != null) {
            most += 3L
                    * Math.max(
                            row.chosen().text().length(), row.rejected().text().length());
        }
        return most <= limit;
    }

    /** The length of the longest beginning that has at most so many tokens, to the end of a sentence if one is near. */
    int fitting(String text, int tokens) {
        if (tokens <= 0) {
            return 0;
        }
        // Doubling first: what lies far beyond the end is never counted, however long the text is.
        int fits = 0;
        int fails = Math.min(text.length(), tokens);
        while (of(text.substring(0, whole(text, fails))) <= tokens) {
            if (fails == text.length()) {
                return fails;
            }
            fits = fails;
            fails = Math.min(text.length(), fails * 2);
        }
        while (fails - fits > 1) {
            int middle = (fits + fails) >>> 1;
            if (of(text.substring(0, whole(text, middle))) <= tokens) {
                fits = middle;
            } else {
                fails = middle;
            }
        }
        return Sentences.end(text, whole(text, fits));
    }

    /** Not between the two halves of one character. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
