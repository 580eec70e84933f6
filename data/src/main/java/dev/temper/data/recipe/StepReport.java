package dev.temper.data.recipe;

import java.util.List;
import java.util.Map;

/**
 * What a step did so far. The sums add up: {@code in + added = unchanged + changed + all leftOut}, where a row that was
 * divided counts as changed once, and each further row made of it as both added and changed.
 *
 * @param step its name
 * @param in rows that came in
 * @param unchanged rows that went on as they were
 * @param changed rows that went on in another form
 * @param added rows that were made beyond those that came in
 * @param leftOut rows left out, by code
 * @param found what was found, by kind
 * @param examples the first few of what it did
 */
public record StepReport(
        String step,
        long in,
        long unchanged,
        long changed,
        long added,
        Map<String, Long> leftOut,
        Map<String, Long> found,
        List<Example> examples) {
    public StepReport {
        leftOut = Map.copyOf(leftOut);
        found = Map.copyOf(found);
        examples = List.copyOf(examples);
    }

    /** Rows that went on. */
    public long out() {
        return unchanged + changed;
    }
}
