package dev.temper.trainer.model;

import dev.temper.model.Rope;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Scope;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.Value;
import java.util.HashMap;
import java.util.Map;

/** A micro-batch as kernels take it: ids, supervised rows and their targets, and how attention sees the pack. */
final class BatchTensors implements AutoCloseable {
    private record Sight(Rope rope, int window) {}

    private final Kernels kernels;
    private final RopeTables ropes;
    private final PackedBatch batch;
    private final Scope scope = new Scope();
    private final Tensor tokens;
    private final Tensor rows;
    private final Tensor targets;
    private final Map<Sight, Value> layouts = new HashMap<>();

    BatchTensors(Kernels kernels, RopeTables ropes, PackedBatch batch) {
        this.kernels = kernels;
        this.ropes = ropes;
        this.batch = batch;
        int[] supervised = batch.supervised();
        int[] next = new int[supervised.length];
        for (int i = 0; i < supervised.length; i++) {
            next[i] = batch.labels()[supervised[i] + 1];
        }
        tokens = scope.own(kernels.integers(batch.tokens()));
        rows = scope.own(kernels.integers(supervised));
        targets = scope.own(kernels.integers(next));
    }

    PackedBatch batch() {
        return batch;
    }

    Tensor tokens() {
        return tokens;
    }

    /** Positions whose next token is learned. */
    Tensor rows() {
        return rows;
    }

    /** Those next tokens. */
    Tensor targets() {
        return targets;
    }

    /** How a layer with these angles and this window sees the pack. */
    Value layout(Rope rope, int window) {
        return layouts.computeIfAbsent(new Sight(rope, window), sight -> {
            RopeTables.Table table = ropes.of(rope, batch.longest());
            try (Tensor positions = kernels.integers(positions());
                    Tensor starts = kernels.integers(batch.segmentStarts())) {
                return scope.own(kernels.value(
                        "layout",
                        table.cos(),
                        table.sin(),
                        positions,
                        AttentionSpans.of(batch.segmentStarts(), window),
                        starts,
                        batch.longest()));
            }
        });
    }

    private int[] positions() {
        int[] positions = new int[batch.tokens().length];
        for (int segment = 0; segment < batch.segments(); segment++) {
            int start = batch.segmentStarts()[segment];
            for (int i = start; i < batch.segmentStarts()[segment + 1]; i++) {
                positions[i] = i - start;
            }
        }
        return positions;
    }

    @Override
    public void close() {
        scope.close();
    }
}
