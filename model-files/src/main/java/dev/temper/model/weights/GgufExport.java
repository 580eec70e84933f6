package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderFamily;
import dev.temper.model.Rope;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a decoder as a GGUF file that llama.cpp runs; what llama.cpp would compute otherwise is refused by name. */
public final class GgufExport {
    /** The types matrices may be stored as. */
    public static final Set<ElementType> TYPES = Set.of(
            ElementType.F32,
            ElementType.F16,
            ElementType.BF16,
            ElementType.Q8_0,
            ElementType.Q4_0,
            ElementType.Q4_1,
            ElementType.Q5_0,
            ElementType.Q5_1);

    private final BaseModel base;
    private final DecoderConfig config;
    private final ModelWeights weights;
    private final ElementType type;
    private final String name;

    /**
     * @param base the model whose configuration and tokenizer are taken
     * @param type how matrices are stored; norms and biases stay float32
     * @param name what the file calls the model
     */
    public GgufExport(BaseModel base, ModelWeights weights, ElementType type, String name) {
        this.base = base;
        this.config = base.config();
        this.weights = weights;
        this.type = type;
        this.name = name;
        if (!TYPES.contains(type)) {
            throw CodedException.user(
                    "gguf_type_unsupported",
                    "A GGUF file cannot be written as %s.".formatted(type),
                    "Choose one of F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1.");
        }
        refuseWhatLlamaCppComputesOtherwise();
    }

    /** Writes the file aside and renames it. */
    public void write(Path target) {
        Map<String, GgufValue> metadata = metadata();
        List<TensorData> tensors = tensors();
        WholeFolder.writeFile(target, file -> GgufWriter.write(file, metadata, tensors));
    }

    private void refuseWhatLlamaCppComputesOtherwise() {
        if (config.family() == DecoderFamily.GEMMA3) {
            double scale = config.layers() == GgufConfig.GEMMA_27B_LAYERS
                    ? (double) config.hidden() / config.heads()
                    : config.headDim();
            if (Math.abs(config.attention().queryScale() - 1 / Math.sqrt(scale)) > 1e-9) {
                throw unsupported("query_pre_attn_scalar");
            }
            for (int layer = 0; layer < config.layers(); layer++) {
                if (config.attention().sliding().get(layer) != ((layer + 1) % GgufConfig.GEMMA_PATTERN != 0)) {
                    throw unsupported("layer_types");
                }
            }
            if (!config.localRope().equals(Rope.plain(GgufConfig.GEMMA_LOCAL_THETA))) {
                throw unsupported("rope_local_base_freq");
            }
        }
        if (config.rope().scaling() == Rope.Scaling.DYNAMIC) {
            throw unsupported("rope_scaling dynamic");
        }
        if (config.mlpBias()) {
            throw unsupported("mlp_bias");
        }
    }

    private CodedException unsupported(String option) {
        return CodedException.user(
                        "gguf_export_unsupported",
                        "llama.cpp cannot run %s with its %s.".formatted(base.describe(), option),
                        "Export a Hugging Face folder instead.")
                .with("option", option);
    }

    private Map<String, GgufValue> metadata() {
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        String architecture = config.family().ggufArchitecture();
        metadata.put("general.architecture", new GgufValue.Text(architecture));
        metadata.put("general.type", new GgufValue.Text("model"));
        metadata.put("general.name", new GgufValue.Text(name));
        metadata.put("general.file_type", whole(fileType()));
        String prefix = architecture + ".";
        metadata.put(prefix + "vocab_size", whole(config.vocabulary()));
        metadata.put(prefix + "context_length", whole(contextLength()));
        metadata.put(prefix + "embedding_length", whole(config.hidden()));
        metadata.put(prefix + "block_count", whole(config.layers()));
        metadata.put(prefix + "feed_forward_length", whole(config.intermediate()));
        metadata.put(prefix + "attention.head_count", whole(config.heads()));
        metadata.put(prefix + "attention.head_count_kv", whole(config.keyValueHeads()));
        metadata.put(prefix + "attention.layer_norm_rms_epsilon", real(config.normEpsilon()));
        metadata.put(prefix + "attention.key_length", whole(config.headDim()));
        metadata.put(prefix + "attention.value_length", whole(config.headDim()));
        if (config.family() == DecoderFamily.LLAMA || config.family() == DecoderFamily.MISTRAL) {
            metadata.put(prefix + "rope.dimension_count", whole(config.headDim()));
        }
        metadata.put(prefix + "rope.freq_base", real(config.rope().theta()));
        if (config.rope().scaling() == Rope.Scaling.LINEAR) {
            metadata.put(prefix + "rope.scaling.type", new GgufValue.Text("linear"));
            metadata.put(prefix + "rope.scaling.factor", real(config.rope().factor()));
        }
        if (config.family() == DecoderFamily.GEMMA3) {
            metadata.put(
                    prefix + "attention.sliding_window",
                    whole(config.attention().window()));
        }
        GgufTokenizerWriter.put(base.tokenizerFiles(), config.vocabulary(), metadata);
        metadata.put("general.quantization_version", whole(2));
        return metadata;
    }

    /** llama.cpp ignores the window of every family but Gemma; within it the two compute the same. */
    private int contextLength() {
        boolean ignoresWindow = config.family() != DecoderFamily.GEMMA3
                && config.attention().sliding().contains(true);
        return ignoresWindow
                ? Math.min(config.maxPositions(), config.attention().window())
                : config.maxPositions();
    }

    /** llama.cpp's number for the type most weights have. */
    private int fileType() {
        return switch (type) {
            case F16 -> 1;
            case Q4_0 -> 2;
            case Q4_1 -> 3;
            case Q8_0 -> 7;
            case Q5_0 -> 8;
            case Q5_1 -> 9;
            case BF16 -> 32;
            default -> 0;
        };
    }

    private static GgufValue whole(long value) {
        return new GgufValue.Whole(GgufType.UINT32, value);
    }

    private static GgufValue real(double value) {
        return new GgufValue.Real(GgufType.FLOAT32, value);
    }

    private List<TensorData> tensors() {
        GgufNames names = new GgufNames(config.family());
        List<TensorData> tensors = new ArrayList<>();
        for (TensorData source : weights.all(base, ElementType.F32)) {
            String ggufName = names.gguf(source.name())
                    .orElseThrow(() -> new IllegalStateException("llama.cpp has no name for " + source.name()));
            ElementType stored = storedType(source.shape());
            tensors.add(new TensorData.OfRows(
                    ggufName,
                    stored,
                    source.shape(),
                    new GgufRows(source, headsInterleaved(source.name()), addend(source.name()))));
        }
        if (config.rope().scaling() == Rope.Scaling.LLAMA3) {
            tensors.add(ropeFactors());
        }
        return tensors;
    }

    private ElementType storedType(Shape shape) {
        if (shape.sizes().size() < 2) {
            return ElementType.F32;
        }
        // A row must fill whole blocks; llama.cpp's own tools fall back the same way.
        return shape.columns() % type.blockElements() == 0 ? type : ElementType.F16;
    }

    /** Heads whose rows llama.cpp wants pair by pair; 0 where it takes them as they are. */
    private int headsInterleaved(String weight) {
        if (!config.family().ggufArchitecture().equals(DecoderFamily.LLAMA.ggufArchitecture())) {
            return 0;
        }
        if (weight.contains(".self_attn.q_proj.")) {
            return config.heads();
        }
        return weight.contains(".self_attn.k_proj.") ? config.keyValueHeads() : 0;
    }

    private int addend(String weight) {
        return config.family() == DecoderFamily.GEMMA3 && weight.endsWith("norm.weight") ? 1 : 0;
    }

    private TensorData ropeFactors() {
        float[] frequencies = Rope.plain(config.rope().theta()).inverseFrequencies(config.headDim(), 0);
        float[] factors = new float[frequencies.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) config.rope().slowdown(frequencies[i]);
        }
        return TensorData.of(GgufNames.ROPE_FACTORS, Shape.of(factors.length), factors);
    }

    /** A weight's rows in llama.cpp's order and type. */
    private record GgufRows(TensorData source, int heads, int addend) implements TensorData.Rows {
        @Override
        public void copy(long from, long to, MemorySegment destination, ElementType type) {
            boolean vector = source.shape().sizes().size() == 1;
            int columns =
                    heads > 0 && vector ? 1 : Math.toIntExact(source.shape().columns());
            long rows = source.shape().elements() / columns;
            if (heads > 0 && vector) {
                from = 0;
                to = rows;
            }
            long headDim = heads > 0 ? rows / heads : 1;
            long first = from / headDim * headDim;
            long last = (to + headDim - 1) / headDim * headDim;
            float[] numbers = floats(first, last, columns);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] += addend;
                if (!Float.isFinite(numbers[i])) {
                    throw CodedException.user(
                                    "weight_not_finite",
                                    "The weight \"%s\" holds a number that is not finite.".formatted(source.name()),
                                    "Train again from a checkpoint before the loss diverged.")
                            .with("weight", source.name());
                }
            }
            for (long row = from; row < to; row++) {
                long inHead = row % headDim;
                long half = headDim / 2;
                long wanted = heads > 0 ? row - inHead + inHead % 2 * half + inHead / 2 : row;
                Blocks.encode(
                        type,
                        numbers,
                        Math.toIntExact((wanted - first) * columns),
                        columns,
                        destination,
                        type.bytes((row - from) * columns));
            }
        }

        private float[] floats(long from, long to, int columns) {
            if (source instanceof TensorData.OfRows rows
                    && source.shape().sizes().size() > 1) {
                float[] numbers = new float[Math.toIntExact((to - from) * columns)];
                rows.rows().copy(from, to, MemorySegment.ofArray(numbers), ElementType.F32);
                return numbers;
            }
            float[] all = ModelWeights.floats(source);
            return java.util.Arrays.copyOfRange(all, Math.toIntExact(from * columns), Math.toIntExact(to * columns));
        }
    }
}
