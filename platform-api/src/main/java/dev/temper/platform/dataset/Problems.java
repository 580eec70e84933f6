package dev.temper.platform.dataset;

import dev.temper.data.privacy.Sightings;
import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a row that was kept: seen when it is written, so that rows can be found by it. */
final class Problems {
    static final String ANSWER_MISSING = "answer_missing";
    static final String ANSWER_EMPTY = "answer_empty";

    private Problems() {}

    static List<String> of(Row row) {
        List<String> problems = new ArrayList<>();
        answer(row).ifPresent(problems::add);
        problems.addAll(Sightings.in(row));
        return problems;
    }

    private static Optional<String> answer(Row row) {
        if (row.text() != null) {
            return row.text().isBlank() ? Optional.of(ANSWER_EMPTY) : Optional.empty();
        }
        Turn answer = row.chosen() == null ? row.turns().getLast() : row.chosen();
        if (answer.speaker() != Speaker.ASSISTANT) {
            return Optional.of(ANSWER_MISSING);
        }
        return answer.text().isBlank() && answer.more().isEmpty() ? Optional.of(ANSWER_EMPTY) : Optional.empty();
    }
}
