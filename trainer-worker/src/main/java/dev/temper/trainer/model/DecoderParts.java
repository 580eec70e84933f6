package dev.temper.trainer.model;

import dev.temper.trainer.model.family.Family;
import dev.temper.trainer.model.family.LayerModule;
import dev.temper.trainer.model.weights.WeightSource;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a decoder is made of: its modules, their weights as they come from files, and which of them learn. */
final class DecoderParts implements AutoCloseable {
    static final String EMBEDDING = "model.embed_tokens";
    static final String FINAL_NORM = "model.norm";
    static final String HEAD = "lm_head";

    private final Kernels kernels;
    private final DecoderConfig config;
    private final DType precision;
    private final WeightLoader loader;
    private final List<LayerModule> layerModules;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final ParameterSet embedding;
    private final ParameterSet top;

    /** Loads a model with all of it frozen. */
    DecoderParts(Kernels kernels, DecoderConfig config, WeightSource weights, DType precision) {
        this.kernels = kernels;
        this.config = config;
        this.precision = precision;
        loader = new WeightLoader(kernels, weights);
        layerModules = Family.of(config.family()).layer(config);
        embedding = new ParameterSet(kernels, 0);
        top = new ParameterSet(kernels, config.layers() + 1);
        embedding.freeze("embed_tokens.weight", load(EMBEDDING + ".weight", embeddingShape()));
        for (int i = 0; i < config.layers(); i++) {
            ParameterSet parameters = new ParameterSet(kernels, i + 1);
            layers.add(new DecoderLayer(kernels, config, i, parameters));
            for (LayerModule module : layerModules) {
                freeze(parameters, i, module);
            }
        }
        top.freeze("norm.weight", norm(FINAL_NORM + ".weight", config.hidden()));
        if (config.tied()) {
            top.alias("lm_head.weight", embedding, "embed_tokens.weight");
        } else {
            top.freeze("lm_head.weight", load(HEAD + ".weight", embeddingShape()));
        }
    }

    private void freeze(ParameterSet parameters, int layer, LayerModule module) {
        String name = name(layer, module);
        if (module.isNorm()) {
            parameters.freeze(module.role() + ".weight", norm(name + ".weight", module.outputs()));
            return;
        }
        parameters.freeze(module.role() + ".weight", load(name + ".weight", module.weightShape()));
        if (module.bias()) {
            parameters.freeze(module.role() + ".bias", load(name + ".bias", module.outputs()));
        }
    }

    private Tensor load(String name, long... shape) {
        return loader.load(name, precision, shape);
    }

    /** Norms are computed in fp32, with what the family adds to them. */
    private Tensor norm(String name, long width) {
        Tensor stored = loader.load(name, DType.FLOAT32, width);
        if (config.normOffset() == 0) {
            return stored;
        }
        try (stored) {
            return kernels.tensor("plus", stored, config.normOffset());
        }
    }

    private long[] embeddingShape() {
        return new long[] {config.vocabulary(), config.hidden()};
    }

    private static String name(int layer, LayerModule module) {
        return "model.layers." + layer + "." + module.name();
    }

    Kernels kernels() {
        return kernels;
    }

    DecoderConfig config() {
        return config;
    }

    DType precision() {
        return precision;
    }

    /** The modules of every layer. */
    List<LayerModule> layerModules() {
        return layerModules;
    }

    List<DecoderLayer> layers() {
        return layers;
    }

    ParameterSet embedding() {
        return embedding;
    }

    /** What lies above the layers. */
    ParameterSet top() {
        return top;
    }

    /** All modules: the embedding, those of the layers from the bottom, the final norm, the head if it is its own. */
    List<DecoderModule> modules() {
        List<DecoderModule> modules = new ArrayList<>();
        int hidden = config.hidden();
        LayerModule table = new LayerModule("embed_tokens", EMBEDDING, config.vocabulary(), hidden, false);
        modules.add(new DecoderModule(EMBEDDING, -1, table));
        for (int i = 0; i < config.layers(); i++) {
            for (LayerModule module : layerModules) {
                modules.add(new DecoderModule(name(i, module), i, module));
            }
        }
        LayerModule norm = new LayerModule("norm", FINAL_NORM, hidden, 0, false);
        modules.add(new DecoderModule(FINAL_NORM, config.layers(), norm));
        if (!config.tied()) {
            LayerModule output = new LayerModule("lm_head", HEAD, config.vocabulary(), hidden, false);
            modules.add(new DecoderModule(HEAD, config.layers(), output));
        }
        return modules;
    }

    /** The parameters of a layer, for methods to add to. */
    ParameterSet layer(int index) {
        return layers.get(index).parameters();
    }

    /** A module's weight as kernels see it; stays the decoder's. */
    Tensor weight(DecoderModule module) {
        return home(module).get(module.module().role() + ".weight");
    }

    private ParameterSet home(DecoderModule module) {
        if (module.inLayer()) {
            return layer(module.layer());
        }
        return module.layer() < 0 ? embedding : top;
    }

    /** Makes a module's weight, and its bias if it has one, trainable; {@code prefix} is put before their names. */
    void train(DecoderModule module, String prefix) {
        ParameterSet home = home(module);
        LayerModule shape = module.module();
        trainTensor(home, shape.role() + ".weight", prefix, module.name() + ".weight", shape, shape.weightShape());
        if (shape.bias()) {
            trainTensor(home, shape.role() + ".bias", prefix, module.name() + ".bias", shape, shape.outputs());
        }
        if (config.tied() && home == embedding) {
            top.alias("lm_head.weight", embedding, "embed_tokens.weight");
        }
    }

    private void trainTensor(
            ParameterSet home, String key, String prefix, String name, LayerModule module, long... shape) {
        try (Tensor stored = loader.load(name, DType.FLOAT32, shape)) {
            // Of its own memory, whatever the loaded one lies over.
            Tensor master = kernels.tensor(
                    "copied", stored, DType.FLOAT32.code(), kernels.device().toString());
            boolean decayed = !module.isNorm() && key.endsWith(".weight");
            ParameterSet.Learning learning = module.isNorm()
                    ? new ParameterSet.Learning(DType.FLOAT32, config.normOffset(), decayed, 1)
                    : new ParameterSet.Learning(precision, 0, decayed, 1);
            home.train(key, prefix + name, master, learning);
        }
    }

    /** Everything that learns, from the bottom. */
    List<Parameter> parameters() {
        return sets().flatMap(set -> set.parameters().stream()).toList();
    }

    private Stream<ParameterSet> sets() {
        return Stream.of(Stream.of(embedding), layers.stream().map(DecoderLayer::parameters), Stream.of(top))
                .flatMap(sets -> sets);
    }

    /** To be called whenever the masters of parameters changed. */
    void followMasters() {
        sets().forEach(ParameterSet::followMasters);
    }

    /** How many layers at the bottom learn nothing and have nothing below them that does. */
    int frozenLayers() {
        if (embedding.isTrained()) {
            return 0;
        }
        for (int i = 0; i < layers.size(); i++) {
            if (layer(i).isTrained()) {
                return i;
            }
        }
        return layers.size();
    }

    @Override
    public void close() {
        layers.forEach(DecoderLayer::close);
        top.close();
        embedding.close();
    }
}
