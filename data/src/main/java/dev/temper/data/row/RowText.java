package dev.temper.data.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The words of a row, whatever its kind. */
public final class RowText {
    private RowText() {}

    /** The row with every text changed; the very same row where nothing was. */
    @SuppressWarnings("ReferenceEquality") // a turn that says the same is the same turn
    public static Row map(Row row, UnaryOperator<String> change) {
        Row result = row;
        if (row.text() != null) {
            String text = change.apply(row.text());
            result = text.equals(row.text()) ? result : result.withText(text);
        }
        List<Turn> turns = new ArrayList<>(row.turns().size());
        boolean changed = false;
        for (Turn turn : row.turns()) {
            Turn other = turn.saying(change.apply(turn.text()));
            changed |= other != turn;
            turns.add(other);
        }
        result = changed ? result.withTurns(turns) : result;
        if (row.chosen() != null && row.rejected() != null) {
            Turn better = row.chosen().saying(change.apply(row.chosen().text()));
            Turn worse = row.rejected().saying(change.apply(row.rejected().text()));
            result = better == row.chosen() && worse == row.rejected() ? result : result.withAnswers(better, worse);
        }
        return result;
    }

    /** Every text in order: the turns, or the plain text, then the better and the worse answer. */
    public static void each(Row row, Consumer<String> visitor) {
        if (row.text() != null) {
            visitor.accept(row.text());
        }
        row.turns().forEach(turn -> visitor.accept(turn.text()));
        if (row.chosen() != null && row.rejected() != null) {
            visitor.accept(row.chosen().text());
            visitor.accept(row.rejected().text());
        }
    }

    /** Every text, joined by line ends, empty ones left out. */
    public static String all(Row row) {
        StringBuilder all = new StringBuilder();
        each(row, text -> append(all, text));
        return all.toString();
    }

    /** What is asked: all turns before the answer. Empty for plain text. */
    public static String question(Row row) {
        StringBuilder question = new StringBuilder();
        for (Turn turn : row.turns().subList(0, asked(row))) {
            append(question, turn.text());
        }
        return question.toString();
    }

    /** What is learned: the last answer, the better one of two, or the plain text; empty where there is none. */
    public static String answer(Row row) {
        if (row.text() != null) {
            return row.text();
        }
        if (row.chosen() != null) {
            return row.chosen().text();
        }
        int asked = asked(row);
        return asked == row.turns().size() ? "" : row.turns().get(asked).text();
    }

    /** The number of turns before the answer. */
    private static int asked(Row row) {
        int turns = row.turns().size();
        boolean answered =
                row.chosen() == null && turns > 0 && row.turns().getLast().speaker() == Speaker.ASSISTANT;
        return answered ? turns - 1 : turns;
    }

    private static void append(StringBuilder all, String text) {
        if (!text.isEmpty()) {
            all.append(all.isEmpty() ? "" : "\n").append(text);
        }
    }
}
