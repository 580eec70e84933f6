package dev.temper.platform.dataset;

import dev.temper.data.recipe.StepReport;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe would do to the first rows of a version; {@code looked + added = kept + leftOut}.
 *
 * @param looked rows it was tried on
 * @param reasons rows it would leave out, by code
 * @param steps what each step did
 * @param rows the first of them before and after
 */
public record DryRun(
        long looked,
        long added,
        long kept,
        long leftOut,
        Map<String, Long> reasons,
        List<StepReport> steps,
        List<Tried> rows) {
    public DryRun {
        reasons = Map.copyOf(reasons);
        steps = List.copyOf(steps);
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param after what became of it; several where it was divided or added to
     * @param leftOut why there is less of it
     */
    public record Tried(long number, Row before, List<Row> after, List<LeftOut> leftOut) {
        public Tried {
            after = List.copyOf(after);
            leftOut = List.copyOf(leftOut);
        }

        public boolean isChanged() {
            return !leftOut.isEmpty() || after.size() != 1 || !after.getFirst().equals(before);
        }

        /** Why it would be left out, in a language; null where it would not. */
        public @Nullable String reason(Locale locale) {
            return leftOut.isEmpty()
                    ? null
                    : Reasons.sentence(
                                    leftOut.getFirst().code(),
                                    leftOut.getFirst().facts(),
                                    locale)
                            .orElse(leftOut.getFirst().code());
        }
    }
}
