package dev.temper.data.clean;

import dev.temper.data.recipe.Misfit;
import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.RowKind;
import dev.temper.data.row.RowText;
import java.util.List;
import java.util.Map;

/** Leaves out rows that are too short or too long, in characters (code points). */
public final class LengthFilter implements StepKind {
    private static final int MOST = 100_000_000;
    static final Setting<Integer> MIN_QUESTION = new Setting.Whole("minQuestion", 1, 0, MOST);
    static final Setting<Integer> MAX_QUESTION = new Setting.Whole("maxQuestion", 20_000, 1, MOST);
    static final Setting<Integer> MIN_ANSWER = new Setting.Whole("minAnswer", 1, 0, MOST);
    static final Setting<Integer> MAX_ANSWER = new Setting.Whole("maxAnswer", 20_000, 1, MOST);

    @Override
    public String name() {
        return "filter_length";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MIN_QUESTION, MAX_QUESTION, MIN_ANSWER, MAX_ANSWER);
    }

    @Override
    public List<String> reasons() {
        return List.of("question_too_short", "question_too_long", "answer_too_short", "answer_too_long");
    }

    @Override
    public List<Misfit> misfits(Settings settings) {
        return settings.get(MIN_QUESTION) > settings.get(MAX_QUESTION)
                ? List.of(new Misfit("minQuestion", "least_above_most", "no more than maxQuestion"))
                : settings.get(MIN_ANSWER) > settings.get(MAX_ANSWER)
                        ? List.of(new Misfit("minAnswer", "least_above_most", "no more than maxAnswer"))
                        : List.of();
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Range question = new Range("question", settings.get(MIN_QUESTION), settings.get(MAX_QUESTION));
        Range answer = new Range("answer", settings.get(MIN_ANSWER), settings.get(MAX_ANSWER));
        return row -> {
            Outcome asked = row.kind() == RowKind.TEXT ? Outcome.UNCHANGED : question.judge(RowText.question(row));
            return asked instanceof Outcome.Dropped ? asked : answer.judge(RowText.answer(row));
        };
    }

    private record Range(String part, int least, int most) {
        Outcome judge(String text) {
            // Counting is only needed between the bounds: a code point has one or two chars.
            if (text.length() >= 2L * least && text.length() <= most) {
                return Outcome.UNCHANGED;
            }
            int length = text.codePointCount(0, text.length());
            if (length < least) {
                return Outcome.drop(part + "_too_short", Map.of("length", length, "least", least));
            }
            return length > most
                    ? Outcome.drop(part + "_too_long", Map.of("length", length, "most", most))
                    : Outcome.UNCHANGED;
        }
    }
}
