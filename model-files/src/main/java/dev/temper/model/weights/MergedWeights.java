package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A base model with an adapter folded in, seen as weights: W + s·B·A, DoRA's m·(W + s·B·A)/‖W + s·B·A‖, or IA³'s W times
 * its vector, computed row by row while they are written, so that never more than a piece of one weight is in memory.
 */
public final class MergedWeights implements ModelWeights {
    private final BaseModel base;
    private final PeftFolder adapter;

    public MergedWeights(BaseModel base, PeftFolder adapter) {
        this.base = base;
        this.adapter = adapter;
        if (adapter.config() instanceof PeftConfig.VirtualTokens) {
            throw CodedException.user(
                    "adapter_not_mergeable",
                    "The adapter %s is of a kind that cannot be folded into weights.".formatted(adapter.describe()),
                    "Merge LoRA, rsLoRA, DoRA or IA3 adapters; use others beside their base model.");
        }
        var shapes = WeightLayout.of(base.config()).shapes();
        for (LoraWeights lora : adapter.loras().values()) {
            check(lora, shapes.get(lora.module() + ".weight"));
        }
        adapter.factors().forEach((module, factor) -> check(module, factor.shape(), shapes.get(module + ".weight")));
        for (var saved : adapter.saved().entrySet()) {
            @Nullable
            Shape shape = saved.getKey().equals(WeightLayout.HEAD)
                    ? shapes.get(WeightLayout.EMBEDDING)
                    : shapes.get(saved.getKey());
            if (shape == null || !shape.equals(saved.getValue().shape())) {
                throw doesNotFit(saved.getKey(), saved.getValue().shape(), shape);
            }
        }
    }

    private void check(String module, Shape factor, @Nullable Shape shape) {
        boolean fits = shape != null
                && shape.sizes().size() == 2
                && factor.sizes().size() == 2
                && (factor.equals(Shape.of(shape.rows(), 1)) || factor.equals(Shape.of(1, shape.columns())));
        if (!fits) {
            throw doesNotFit(module + ".weight", factor, shape);
        }
    }

    private void check(LoraWeights lora, @Nullable Shape shape) {
        long in = lora.a().shape().columns();
        long out = lora.b().shape().sizes().getFirst();
        Shape product = lora.embedding() ? Shape.of(in, out) : Shape.of(out, in);
        if (shape == null || !shape.equals(product)) {
            throw doesNotFit(lora.module() + ".weight", product, shape);
        }
    }

    private CodedException doesNotFit(String name, Shape has, @Nullable Shape due) {
        return CodedException.user(
                        "adapter_does_not_fit",
                        "The adapter %s has \"%s\" as %s, and %s has it %s."
                                .formatted(
                                        adapter.describe(),
                                        name,
                                        has,
                                        base.describe(),
                                        due == null ? "not at all" : "as " + due),
                        "Use the base model the adapter was trained on (base_model_name_or_path in its configuration).")
                .with("weight", name);
    }

    /**
     * Whether the head can still be the embedding. An adapter that changed one of the two makes them differ, and then
     * the merged model has both.
     */
    @Override
    public boolean tied() {
        boolean embedding = adapter.loras().containsKey("model.embed_tokens")
                || adapter.saved().containsKey(WeightLayout.EMBEDDING);
        boolean head = adapter.loras().containsKey("lm_head") || adapter.saved().containsKey(WeightLayout.HEAD);
        return base.config().tied() && !embedding && !head;
    }

    @Override
    public TensorData weight(String name, ElementType type) {
        @Nullable Weight saved = adapter.saved().get(name);
        if (saved != null) {
            return ModelWeights.named(name, saved, type);
        }
        Weight weight = ModelWeights.stored(base, name);
        @Nullable LoraWeights lora = adapter.loras().get(module(name));
        @Nullable Weight factor = adapter.factors().get(module(name));
        if (factor != null) {
            return multiplied(name, weight, factor, type);
        }
        return lora == null ? ModelWeights.named(name, weight, type) : merged(name, weight, lora, type);
    }

    /** Whether a weight differs from the base's of that name. */
    boolean changes(String name) {
        return adapter.saved().containsKey(name)
                || adapter.loras().containsKey(module(name))
                || adapter.factors().containsKey(module(name));
    }

    private static String module(String weight) {
        return weight.endsWith(".weight") ? weight.substring(0, weight.length() - ".weight".length()) : weight;
    }

    private static TensorData multiplied(String name, Weight weight, Weight factor, ElementType type) {
        float[] factors = factor.toFloats();
        boolean byRow = factor.shape().columns() == 1;
        int columns = Math.toIntExact(weight.shape().columns());
        return new TensorData.OfRows(name, type, weight.shape(), (from, to, destination, target) -> {
            float[] row = new float[columns];
            for (long i = from; i < to; i++) {
                weight.copyRows(i, i + 1, MemorySegment.ofArray(row), ElementType.F32);
                for (int j = 0; j < columns; j++) {
                    row[j] *= factors[byRow ? Math.toIntExact(i) : j];
                }
                Blocks.encode(target, row, 0, columns, destination, target.bytes((i - from) * columns));
            }
        });
    }

    private static TensorData merged(String name, Weight weight, LoraWeights lora, ElementType type) {
        // An embedding's weight is the product's transpose: its rows are columns of A, times B.
        float[] left = lora.embedding() ? transposed(lora.a()) : lora.b().toFloats();
        float[] right = lora.embedding() ? transposed(lora.b()) : lora.a().toFloats();
        float[] magnitude = lora.magnitude().map(Weight::toFloats).orElseGet(() -> new float[0]);
        int rank = lora.rank();
        int columns = Math.toIntExact(weight.shape().columns());
        float scale = (float) lora.scale();
        return new TensorData.OfRows(name, type, weight.shape(), (from, to, destination, target) -> {
            int rows = Math.toIntExact(to - from);
            float[] numbers = new float[Math.multiplyExact(rows, columns)];
            weight.copyRows(from, to, MemorySegment.ofArray(numbers), ElementType.F32);
            IntStream.range(0, rows).parallel().forEach(row -> {
                float[] delta = new float[columns];
                for (int r = 0; r < rank; r++) {
                    float factor = left[Math.toIntExact((from + row) * rank + r)];
                    for (int i = 0; i < columns; i++) {
                        delta[i] += factor * right[r * columns + i];
                    }
                }
                double squares = 0;
                for (int i = 0; i < columns; i++) {
                    float sum = numbers[row * columns + i] + scale * delta[i];
                    numbers[row * columns + i] = sum;
                    squares += (double) sum * sum;
                }
                if (magnitude.length > 0) {
                    float stretch = (float) (magnitude[Math.toIntExact(from + row)] / Math.sqrt(squares));
                    for (int i = 0; i < columns; i++) {
                        numbers[row * columns + i] *= stretch;
                    }
                }
                Blocks.encode(target, numbers, row * columns, columns, destination, target.bytes((long) row * columns));
            });
        });
    }

    private static float[] transposed(Weight weight) {
        int rows = Math.toIntExact(weight.shape().rows());
        int columns = Math.toIntExact(weight.shape().columns());
        float[] numbers = weight.toFloats();
        float[] result = new float[numbers.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = numbers[row * columns + column];
            }
        }
        return result;
    }
}
