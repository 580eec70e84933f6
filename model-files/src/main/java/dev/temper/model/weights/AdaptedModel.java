package dev.temper.model.weights;

import dev.temper.model.DecoderConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A base model with an adapter folded in, to be opened like any other model: weights the adapter leaves alone are used
 * where they lie, the others are merged when they are asked for. Base and adapter stay their owner's to close.
 */
public final class AdaptedModel implements WeightSource {
    private final BaseModel base;
    private final PeftFolder adapter;
    private final MergedWeights merged;
    private final DecoderConfig config;
    private final List<String> names;

    public AdaptedModel(BaseModel base, PeftFolder adapter) {
        this.base = base;
        this.adapter = adapter;
        this.merged = new MergedWeights(base, adapter);
        this.config = base.config().withTied(merged.tied());
        this.names = List.copyOf(WeightLayout.of(config).shapes().keySet());
    }

    /** The base's configuration; the head is its own where the adapter made it differ from the embedding. */
    public DecoderConfig config() {
        return config;
    }

    @Override
    public Collection<Weight> weights() {
        return names.stream().map(this::get).toList();
    }

    @Override
    public Optional<Weight> find(String name) {
        if (!names.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(merged.changes(name) ? inMemory(name) : ModelWeights.stored(base, name));
    }

    private Weight inMemory(String name) {
        TensorData data = merged.weight(name, ElementType.F32);
        float[] numbers = ModelWeights.floats(data);
        MemorySegment bytes = Arena.ofAuto().allocate(4L * numbers.length, 64);
        MemorySegment.copy(numbers, 0, bytes, Blocks.FLOAT, 0, numbers.length);
        return new Weight(name, ElementType.F32, data.shape(), bytes);
    }

    @Override
    public String describe() {
        return base.describe() + " with " + adapter.describe();
    }

    /** Nothing of its own to close. */
    @Override
    public void close() {}
}
