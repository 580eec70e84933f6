package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A decoder in a GGUF file, seen as Hugging Face names and orders its weights. Nothing is dequantised until it is asked for. */
public final class GgufModel implements BaseModel {
    private final Path path;
    private final GgufFile file;
    private final DecoderConfig config;
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final List<String> unused = new ArrayList<>();

    private GgufModel(Path path, GgufFile file) {
        this.path = path;
        this.file = file;
        this.config = GgufConfig.of(file, path.toString());
        GgufNames names = new GgufNames(config.family());
        for (GgufFile.Tensor tensor : file.tensors().values()) {
            Optional<String> name = names.huggingFace(tensor.name());
            if (name.isPresent()) {
                weights.put(name.get(), weight(tensor, name.get()));
            } else if (!tensor.name().equals(GgufNames.ROPE_FACTORS)) {
                unused.add(tensor.name());
            }
        }
        unused.addAll(WeightLayout.of(config).check(this));
    }

    /** Maps the file and checks that the model its metadata describes is all there. */
    public static GgufModel open(Path path) {
        GgufFile file = GgufFile.open(path);
        try {
            return new GgufModel(path, file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private Weight weight(GgufFile.Tensor tensor, String name) {
        return new Weight(
                name,
                tensor.type(),
                tensor.shape(),
                new Weight.FileRegion(path, tensor.offset(), tensor.bytes().byteSize()),
                tensor.bytes(),
                layout(name));
    }

    private Weight.Layout layout(String name) {
        if (config.family() == DecoderFamily.LLAMA && name.contains(".self_attn.q_proj.")) {
            return new Weight.Layout.InterleavedHeads(config.heads());
        }
        if (config.family() == DecoderFamily.LLAMA && name.contains(".self_attn.k_proj.")) {
            return new Weight.Layout.InterleavedHeads(config.keyValueHeads());
        }
        if (config.family() == DecoderFamily.GEMMA3 && name.endsWith("norm.weight")) {
            return new Weight.Layout.PlusOne();
        }
        return new Weight.Layout.Plain();
    }

    /** A tensor as it lies in the file, by llama.cpp's name. */
    static Weight weight(GgufFile file, String name, String describe) {
        GgufFile.Tensor tensor = file.tensors().get(name);
        if (tensor == null || !tensor.type().isFloating()) {
            throw CodedException.user(
                    "weight_missing",
                    "The weight \"%s\" is missing in %s.".formatted(name, describe),
                    "Download the file again.");
        }
        return new Weight(
                name,
                tensor.type(),
                tensor.shape(),
                new Weight.FileRegion(
                        Path.of(describe), tensor.offset(), tensor.bytes().byteSize()),
                tensor.bytes(),
                new Weight.Layout.Plain());
    }

    @Override
    public DecoderConfig config() {
        return config;
    }

    @Override
    public List<String> unused() {
        return Collections.unmodifiableList(unused);
    }

    @Override
    public Map<String, byte[]> tokenizerFiles() {
        return GgufTokenizer.files(file.metadata());
    }

    @Override
    public Collection<Weight> weights() {
        return Collections.unmodifiableCollection(weights.values());
    }

    @Override
    public Optional<Weight> find(String name) {
        return Optional.ofNullable(weights.get(name));
    }

    @Override
    public String describe() {
        return path.toString();
    }

    @Override
    public void close() {
        file.close();
    }
}
