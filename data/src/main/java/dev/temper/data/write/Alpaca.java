package dev.temper.data.write;

import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation cut as alpaca has it.
 *
 * @param history pairs of question and answer before the last one
 * @param output null where there is a better and a worse answer instead
 */
record Alpaca(
        @Nullable String system,
        List<List<String>> history,
        String instruction,
        @Nullable String output,
        @Nullable String chosen,
        @Nullable String rejected) {

    /** Empty where alpaca's columns would lose something: tools, turns out of order, a turn without words. */
    static Optional<Alpaca> of(Row row) {
        List<Turn> turns = row.turns();
        boolean plain = turns.stream().allMatch(Alpaca::isPlain) && isPlain(row.chosen()) && isPlain(row.rejected());
        if (turns.isEmpty() || !plain) {
            return Optional.empty();
        }
        String system =
                turns.getFirst().speaker() == Speaker.SYSTEM ? turns.getFirst().text() : null;
        List<Turn> spoken = system == null ? turns : turns.subList(1, turns.size());
        int asked = row.chosen() == null ? 0 : 1;
        if (spoken.isEmpty() || spoken.size() % 2 != asked || !alternate(spoken)) {
            return Optional.empty();
        }
        List<List<String>> history = new ArrayList<>();
        int last = spoken.size() - 2 + asked;
        for (int i = 0; i < last; i += 2) {
            history.add(List.of(spoken.get(i).text(), spoken.get(i + 1).text()));
        }
        return Optional.of(new Alpaca(
                system,
                history,
                spoken.get(last).text(),
                row.chosen() == null ? spoken.getLast().text() : null,
                row.chosen() == null ? null : row.chosen().text(),
                row.rejected() == null ? null : row.rejected().text()));
    }

    private static boolean isPlain(@Nullable Turn turn) {
        return turn == null || (turn.more().isEmpty() && !turn.text().isBlank() && turn.speaker() != Speaker.TOOL);
    }

    private static boolean alternate(List<Turn> spoken) {
        for (int i = 0; i < spoken.size(); i++) {
            if (spoken.get(i).speaker() != (i % 2 == 0 ? Speaker.USER : Speaker.ASSISTANT)) {
                return false;
            }
        }
        return true;
    }
}
