package dev.temper.data.recipe;

import dev.temper.data.row.Row;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A step at work in one run: rows in order, one thread at a time. What it must remember of rows gone by lies in its
 * folder, not on the heap.
 */
public interface Step extends AutoCloseable {
    Outcome apply(Row row);

    /**
     * Makes what it remembers safe on disk and says what little it needs to go on from here; empty where it remembers
     * nothing. What a crash leaves on disk beyond this is ignored by the step that goes on.
     */
    default Optional<JsonNode> save() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
