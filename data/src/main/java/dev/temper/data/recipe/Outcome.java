package dev.temper.data.recipe;

import dev.temper.data.row.Row;
import java.util.List;
import java.util.Map;

/** What a step made of one row. */
public sealed interface Outcome {
    /** What the step found, by kind and number, whether or not it changed anything. */
    Map<String, Integer> found();

    /** The row goes on as it is. */
    record Kept(Map<String, Integer> found) implements Outcome {
        public Kept {
            found = Map.copyOf(found);
        }
    }

    /** Another row goes on in its place. */
    record Changed(Row row, Map<String, Integer> found) implements Outcome {
        public Changed {
            found = Map.copyOf(found);
        }
    }

    /** Several rows go on in its place. */
    record Divided(List<Row> rows, Map<String, Integer> found) implements Outcome {
        public Divided {
            rows = List.copyOf(rows);
            found = Map.copyOf(found);
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("a row that is left out needs a reason");
            }
        }
    }

    /**
     * The row is left out.
     *
     * @param code one of the step's {@link StepKind#reasons}
     * @param facts what the sentence of the code names
     */
    record Dropped(String code, Map<String, Object> facts, Map<String, Integer> found) implements Outcome {
        public Dropped {
            facts = Map.copyOf(facts);
            found = Map.copyOf(found);
        }
    }

    Kept UNCHANGED = new Kept(Map.of());

    /** Kept if it is the row that came in, changed otherwise. */
    @SuppressWarnings("ReferenceEquality") // a step that changes nothing hands back what it was given
    static Outcome of(Row before, Row after) {
        return before == after ? UNCHANGED : new Changed(after, Map.of());
    }

    static Outcome drop(String code, Map<String, Object> facts) {
        return new Dropped(code, facts, Map.of());
    }
}
