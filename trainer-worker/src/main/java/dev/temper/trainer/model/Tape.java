package dev.temper.trainer.model;

import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.Value;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a forward kept for its backward: of each layer either everything or its input, the last layer on top. */
final class Tape implements AutoCloseable {
    private final Deque<Value> kept = new ArrayDeque<>();
    private final BatchTensors batch;
    private final Pass pass;
    private Tensor output;

    Tape(BatchTensors batch, Pass pass, Tensor start) {
        this.batch = batch;
        this.pass = pass;
        output = start;
    }

    BatchTensors batch() {
        return batch;
    }

    Pass pass() {
        return pass;
    }

    /** Takes over what a layer's backward will need. */
    void keep(Value value) {
        kept.push(value);
    }

    /** What the layer on top kept; the caller's from here on. */
    Value take() {
        return kept.pop();
    }

    /** The output of the last layer that ran. */
    Tensor output() {
        return output;
    }

    void output(Tensor next) {
        output = next;
    }

    @Override
    public void close() {
        output.close();
        kept.forEach(Value::close);
        batch.close();
    }
}
