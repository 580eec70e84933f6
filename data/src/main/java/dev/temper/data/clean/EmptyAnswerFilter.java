package dev.temper.data.clean;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.Speaker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Leaves out rows from which nothing can be learned: no answer, a blank one, or a word that stands for none. */
public final class EmptyAnswerFilter implements StepKind {
    static final Setting<List<String>> ALSO_EMPTY = new Setting.Texts(
            "alsoEmpty", List.of("nan", "null", "undefined", "n/a", "#n/a", "<noinput>", "<nooutput>"));

    @Override
    public String name() {
        return "filter_empty";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ALSO_EMPTY);
    }

    @Override
    public List<String> reasons() {
        return List.of("answer_missing", "answer_empty");
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Set<String> also = new TreeSet<>();
        settings.get(ALSO_EMPTY).forEach(word -> also.add(word.strip().toLowerCase(Locale.ROOT)));
        return row -> judge(row, also);
    }

    private static Outcome judge(Row row, Set<String> also) {
        boolean conversation = row.text() == null && row.chosen() == null;
        if (conversation && row.turns().getLast().speaker() != Speaker.ASSISTANT) {
            return Outcome.drop(
                    "answer_missing",
                    Map.of("last", row.turns().getLast().speaker().id()));
        }
        // A turn without words may call a tool, which is something to learn.
        if (conversation && !row.turns().getLast().more().isEmpty()) {
            return Outcome.UNCHANGED;
        }
        String answer = RowText.answer(row).strip();
        boolean empty = answer.isEmpty() || also.contains(answer.toLowerCase(Locale.ROOT));
        return empty ? Outcome.drop("answer_empty", Map.of("answer", answer)) : Outcome.UNCHANGED;
    }
}
