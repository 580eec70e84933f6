package dev.temper.trainer.model;

import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderModule;
import dev.temper.model.family.Family;
import dev.temper.model.family.LayerModule;
import dev.temper.model.weights.WeightSource;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Scope;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a decoder is made of: its modules, their weights as they come from files, and which of them learn. */
final class DecoderParts implements AutoCloseable {
    private static final ProjectionGroup ATTENTION = ProjectionGroup.ALL.getFirst();

    private final Kernels kernels;
    private final DecoderConfig config;
    private final DType precision;
    private final WeightLoader loader;
    private final List<LayerModule> layerModules;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final ParameterSet embedding;
    private final ParameterSet top;

    /**
     * Loads a model with all of it frozen.
     *
     * @param packed whether projections are to be packed, and so can never be trained
     */
    DecoderParts(Kernels kernels, DecoderConfig config, WeightSource weights, DType precision, boolean packed) {
        this.kernels = kernels;
        this.config = config;
        this.precision = precision;
        loader = new WeightLoader(kernels, weights);
        layerModules = Family.of(config.family()).layer(config);
        embedding = new ParameterSet(kernels, 0);
        top = new ParameterSet(kernels, config.layers() + 1);
        embedding.freeze("embed_tokens.weight", load(DecoderModule.EMBEDDING + ".weight", embeddingShape()));
        for (int i = 0; i < config.layers(); i++) {
            ParameterSet parameters = new ParameterSet(kernels, i + 1);
            layers.add(new DecoderLayer(kernels, config, i, parameters));
            for (LayerModule module : layerModules) {
                if (module.isNorm() || !packed) {
                    freeze(parameters, i, module);
                }
            }
            if (packed) {
                pack(parameters, i);
            }
        }
        top.freeze("norm.weight", norm(DecoderModule.FINAL_NORM + ".weight", config.hidden()));
        if (config.tied()) {
            top.alias("lm_head.weight", embedding, "embed_tokens.weight");
        } else {
            top.freeze("lm_head.weight", load(DecoderModule.HEAD + ".weight", embeddingShape()));
        }
    }

    private void freeze(ParameterSet parameters, int layer, LayerModule module) {
        String name = DecoderModule.nameIn(layer, module);
        if (module.isNorm()) {
            parameters.freeze(module.role() + ".weight", norm(name + ".weight", module.outputs()));
            return;
        }
        parameters.freeze(module.role() + ".weight", load(name + ".weight", module.weightShape()));
        if (module.bias()) {
            parameters.freeze(module.role() + ".bias", load(name + ".bias", module.outputs()));
        }
    }

    /** Queries, keys and values as one; what the activation and the residual are computed with, each by itself. */
    private void pack(ParameterSet parameters, int layer) {
        for (LayerModule module : layerModules) {
            String name = DecoderModule.nameIn(layer, module);
            if (module.isNorm()) {
                Tensor weight = parameters.get(module.role() + ".weight");
                parameters.freeze(module.role() + ".doubled", together("joined", List.of(weight, weight)));
                continue;
            }
            if (module.bias()) {
                parameters.freeze(module.role() + ".bias", load(name + ".bias", module.outputs()));
            }
            if (!ATTENTION.has(module)) {
                pack(parameters, module.role(), layer, List.of(module));
            }
        }
        List<LayerModule> attention =
                layerModules.stream().filter(ATTENTION::has).toList();
        pack(parameters, ATTENTION.key(), layer, attention);
        attention.forEach(module -> parameters.number(module.role() + ".outputs", module.outputs()));
        if (attention.getFirst().bias()) {
            List<Tensor> biases = attention.stream()
                    .map(module -> parameters.get(module.role() + ".bias"))
                    .toList();
            parameters.freeze(ATTENTION.key() + ".bias", together("joined", biases));
        }
    }

    private void pack(ParameterSet parameters, String key, int layer, List<LayerModule> modules) {
        try (Scope scope = new Scope()) {
            List<Tensor> weights = modules.stream()
                    .map(module ->
                            scope.own(load(DecoderModule.nameIn(layer, module) + ".weight", module.weightShape())))
                    .toList();
            parameters.freeze(key + ".packed", together("packed", weights));
        }
    }

    private Tensor together(String kernel, List<Tensor> tensors) {
        try (TensorList list = kernels.list(tensors)) {
            return kernels.tensor(kernel, list);
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
        return DecoderModule.all(config);
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
