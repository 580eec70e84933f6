package dev.temper.data.recipe;

import dev.temper.data.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what a step does, and keeps the first few examples of each sort. */
final class StepTally {
    private static final int EXAMPLES = 5;

    private final String step;
    private final boolean showsBefore;
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Map<String, Long> found = new TreeMap<>();
    private final List<Example> examples = new ArrayList<>();
    private long in;
    private long unchanged;
    private long changed;
    private long added;

    StepTally(String step, boolean showsBefore) {
        this.step = step;
        this.showsBefore = showsBefore;
    }

    static StepTally of(StepReport report, boolean showsBefore) {
        StepTally tally = new StepTally(report.step(), showsBefore);
        tally.in = report.in();
        tally.unchanged = report.unchanged();
        tally.changed = report.changed();
        tally.added = report.added();
        tally.leftOut.putAll(report.leftOut());
        tally.found.putAll(report.found());
        tally.examples.addAll(report.examples());
        return tally;
    }

    void count(Row row, Outcome outcome) {
        in++;
        if (!outcome.found().isEmpty()) {
            outcome.found().forEach((kind, number) -> found.merge(kind, (long) number, Long::sum));
        }
        switch (outcome) {
            case Outcome.Kept kept -> unchanged++;
            case Outcome.Changed other -> {
                changed++;
                if (wantsExample(null)) {
                    examples.add(Example.changed(row, other.row(), showsBefore));
                }
            }
            case Outcome.Divided divided -> {
                changed += divided.rows().size();
                added += divided.rows().size() - 1;
                if (wantsExample(null)) {
                    examples.add(Example.changed(row, divided.rows().getLast(), showsBefore));
                }
            }
            case Outcome.Dropped dropped -> {
                leftOut.merge(dropped.code(), 1L, Long::sum);
                if (wantsExample(dropped.code())) {
                    examples.add(Example.leftOut(row, dropped.code(), showsBefore));
                }
            }
        }
    }

    private boolean wantsExample(@Nullable String code) {
        int have = 0;
        for (Example example : examples) {
            have += Objects.equals(example.code(), code) ? 1 : 0;
        }
        return have < EXAMPLES;
    }

    StepReport report() {
        return new StepReport(step, in, unchanged, changed, added, leftOut, found, examples);
    }
}
