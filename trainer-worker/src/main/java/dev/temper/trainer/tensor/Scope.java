package dev.temper.trainer.tensor;

import java.util.ArrayDeque;
import java.util.Deque;

/** Owns native values and frees them together, the last one first: one per step, per tape, per model. */
public final class Scope implements AutoCloseable {
    private final Deque<Value> values = new ArrayDeque<>();

    /** Takes a value over and hands it back. */
    public <V extends Value> V own(V value) {
        values.push(value);
        return value;
    }

    @Override
    public void close() {
        while (!values.isEmpty()) {
            values.pop().close();
        }
    }
}
