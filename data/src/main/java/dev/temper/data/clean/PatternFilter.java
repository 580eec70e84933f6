package dev.temper.data.clean;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.temper.data.recipe.Misfit;
import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves out rows by a regular expression in RE2's syntax, which matches in time proportional to the text whatever the
 * expression is: nobody's pattern can hold up an import.
 */
public final class PatternFilter implements StepKind {
    enum Part {
        ANY,
        QUESTION,
        ANSWER;

        String of(Row row) {
            return switch (this) {
                case ANY -> RowText.all(row);
                case QUESTION -> RowText.question(row);
                case ANSWER -> RowText.answer(row);
            };
        }
    }

    enum LeaveOut {
        MATCHING,
        OTHERS
    }

    static final Setting<String> PATTERN = new Setting.Words("pattern", "", 1, 1_000);
    static final Setting<Part> PART = new Setting.Choice<>("part", Part.ANY);
    static final Setting<LeaveOut> LEAVE_OUT = new Setting.Choice<>("leaveOut", LeaveOut.MATCHING);
    static final Setting<Boolean> IGNORE_CASE = new Setting.Flag("ignoreCase", false);

    @Override
    public String name() {
        return "filter_pattern";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(PATTERN, PART, LEAVE_OUT, IGNORE_CASE);
    }

    @Override
    public List<String> reasons() {
        return List.of("pattern_found", "pattern_not_found");
    }

    @Override
    public List<Misfit> misfits(Settings settings) {
        return problem(settings)
                .map(wrong -> List.of(
                        new Misfit("pattern", "pattern", "a regular expression in RE2's syntax (" + wrong + ")")))
                .orElse(List.of());
    }

    private static Optional<String> problem(Settings settings) {
        try {
            compile(settings);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        }
    }

    private static Pattern compile(Settings settings) {
        return Pattern.compile(settings.get(PATTERN), settings.get(IGNORE_CASE) ? Pattern.CASE_INSENSITIVE : 0);
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Pattern pattern = compile(settings);
        Part part = settings.get(PART);
        boolean leaveOutMatching = settings.get(LEAVE_OUT) == LeaveOut.MATCHING;
        String code = leaveOutMatching ? "pattern_found" : "pattern_not_found";
        Map<String, Object> facts = Map.of("pattern", pattern.pattern());
        return row -> pattern.matcher(part.of(row)).find() == leaveOutMatching
                ? Outcome.drop(code, facts)
                : Outcome.UNCHANGED;
    }
}
