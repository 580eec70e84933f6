package dev.temper.trainer.model;

import dev.temper.model.Rope;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Cosines and sines of every position's angles, made once for as many positions as came up so far. */
final class RopeTables implements AutoCloseable {
    private record Key(Rope rope, int positions, int sequenceLength) {}

    record Table(Tensor cos, Tensor sin) {}

    private final Kernels kernels;
    private final int headDim;
    private final DType type;
    private final Map<Key, Table> tables = new HashMap<>();

    RopeTables(Kernels kernels, int headDim, DType type) {
        this.kernels = kernels;
        this.headDim = headDim;
        this.type = type;
    }

    /** Angles of positions 0 to at least {@code longest}, [positions, headDim/2]. */
    Table of(Rope rope, int longest) {
        boolean stretched = rope.scaling() == Rope.Scaling.DYNAMIC && longest > rope.originalPositions();
        // Rounded up, so that few tables serve all lengths; exact where the angles themselves depend on the length.
        int positions = stretched ? longest : Math.max(256, Integer.highestOneBit(Math.max(1, longest - 1)) << 1);
        return tables.computeIfAbsent(new Key(rope, positions, stretched ? longest : 1), this::make);
    }

    private Table make(Key key) {
        // In single precision, as transformers computes them: at far positions the rounding is part of the model.
        float[] frequencies = key.rope().inverseFrequencies(headDim, key.sequenceLength());
        int half = frequencies.length;
        float[] cos = new float[key.positions() * half];
        float[] sin = new float[key.positions() * half];
        for (int position = 0; position < key.positions(); position++) {
            for (int i = 0; i < half; i++) {
                float angle = position * frequencies[i];
                cos[position * half + i] = (float) Math.cos(angle);
                sin[position * half + i] = (float) Math.sin(angle);
            }
        }
        return new Table(tensor(cos, key.positions(), half), tensor(sin, key.positions(), half));
    }

    private Tensor tensor(float[] numbers, int positions, int half) {
        Tensor exact = kernels.floats(numbers, positions, half);
        if (type == DType.FLOAT32) {
            return exact;
        }
        try (exact) {
            return kernels.tensor("to", exact, type.code(), kernels.device().toString());
        }
    }

    @Override
    public void close() {
        tables.values().forEach(table -> {
            table.cos().close();
            table.sin().close();
        });
    }
}
