package dev.temper.model.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weights of a model about to be written, by Hugging Face's names, produced while they are. */
public interface ModelWeights {
    /** Whether the head is the embedding and is not written. */
    boolean tied();

    /** One weight, in the type asked for. */
    TensorData weight(String name, ElementType type);

    /** The weights of a model as it is. */
    static ModelWeights of(BaseModel base) {
        return replacing(base, Map.of());
    }

    /** A model's weights with some of them trained: those come from {@code trained}, as float32. */
    static ModelWeights replacing(BaseModel base, Map<String, TensorData> trained) {
        return new ModelWeights() {
            @Override
            public boolean tied() {
                return base.config().tied() && !trained.containsKey(WeightLayout.HEAD);
            }

            @Override
            public TensorData weight(String name, ElementType type) {
                @Nullable TensorData own = trained.get(name);
                return own == null ? named(name, stored(base, name), type) : converted(own, type);
            }
        };
    }

    private static TensorData converted(TensorData data, ElementType type) {
        if (data.type() == type) {
            return data;
        }
        return data instanceof TensorData.InMemory memory ? rows(memory, type) : new Converted(data, type);
    }

    private static TensorData rows(TensorData.InMemory memory, ElementType type) {
        int columns = Math.toIntExact(memory.shape().columns());
        return new TensorData.OfRows(memory.name(), type, memory.shape(), (from, to, destination, target) -> {
            float[] row = new float[columns];
            for (long i = from; i < to; i++) {
                Blocks.decode(memory.type(), memory.bytes(), memory.type().bytes(i * columns), row, columns);
                Blocks.encode(target, row, 0, columns, destination, target.bytes((i - from) * columns));
            }
        });
    }

    /** A tensor that lies elsewhere, in another type: it is fetched when it is written, and let go behind that. */
    record Converted(TensorData source, ElementType type) implements TensorData {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Shape shape() {
            return source.shape();
        }

        @Override
        public void writeTo(Sink sink) throws IOException {
            try (Arena arena = Arena.ofShared()) {
                long size = source.type().bytes(shape().elements());
                MemorySegment bytes = arena.allocate(size, 64);
                long[] at = {0};
                source.writeTo(piece -> {
                    MemorySegment.copy(piece, 0, bytes, at[0], piece.byteSize());
                    at[0] += piece.byteSize();
                });
                rows(new InMemory(name(), source.type(), shape(), bytes), type).writeTo(sink);
            }
        }
    }

    static TensorData named(String name, Weight weight, ElementType type) {
        return new TensorData.OfRows(name, type, weight.shape(), weight::copyRows);
    }

    /** A weight of the base; the head of a tied base is its embedding. */
    static Weight stored(BaseModel base, String name) {
        boolean tiedHead = name.equals(WeightLayout.HEAD) && base.config().tied();
        return base.get(tiedHead ? WeightLayout.EMBEDDING : name);
    }

    /** All weights of the model, in the order a forward pass meets them. */
    default List<TensorData> all(BaseModel base, ElementType type) {
        List<String> names =
                new ArrayList<>(WeightLayout.of(base.config()).shapes().keySet());
        names.remove(WeightLayout.HEAD);
        if (!tied()) {
            names.add(WeightLayout.HEAD);
        }
        return names.stream().map(name -> weight(name, type)).toList();
    }

    /** A tensor's numbers as floats, for those few that must be looked at whole. */
    static float[] floats(TensorData data) {
        float[] numbers = new float[Math.toIntExact(data.shape().elements())];
        MemorySegment target = MemorySegment.ofArray(numbers);
        long[] at = {0};
        try {
            data.writeTo(piece -> {
                MemorySegment.copy(piece, 0, target, at[0], piece.byteSize());
                at[0] += piece.byteSize();
            });
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return numbers;
    }
}
