package dev.temper.trainer.run;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.RunSpec;
import dev.temper.trainer.data.Digests;
import dev.temper.trainer.data.TrainingData;
import dev.temper.trainer.method.Methods;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.DecoderConfig;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.model.weights.BaseModel;
import dev.temper.trainer.model.weights.PeftFolder;
import dev.temper.trainer.tensor.ComputePrecision;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Device;
import dev.temper.trainer.tensor.Kernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything a run computes with: kernels, the decoder with its method, the optimiser, and the plan of its memory. */
final class Setup implements AutoCloseable {
    private final Kernels kernels;
    private final DecoderLearner learner;
    private final Plan plan;
    private final Device device;
    private final DType precision;
    private final long trainedParameters;

    private Setup(
            Kernels kernels,
            DecoderLearner learner,
            Plan plan,
            Device device,
            DType precision,
            long trainedParameters) {
        this.kernels = kernels;
        this.learner = learner;
        this.plan = plan;
        this.device = device;
        this.precision = precision;
        this.trainedParameters = trainedParameters;
    }

    /** @param fixedTokens the tokens of a micro-batch where a checkpoint decides; 0 to choose */
    static Setup open(StartingPoint start, Materials materials, int fixedTokens) {
        RunSpec spec = start.spec();
        Device device = Device.parse(spec.compute().device());
        DType precision = ComputePrecision.choose(spec.compute().precision(), device);
        Kernels kernels = Kernels.open(device, spec.compute().threads());
        try {
            return open(start, materials, fixedTokens, kernels, device, precision);
        } catch (RuntimeException e) {
            kernels.close();
            throw e;
        }
    }

    private static Setup open(
            StartingPoint start,
            Materials materials,
            int fixedTokens,
            Kernels kernels,
            Device device,
            DType precision) {
        RunSpec spec = start.spec();
        BaseModel base = materials.base();
        long before = Machine.availableMemory();
        Decoder decoder = Decoder.open(kernels, base.config(), base, precision);
        try {
            Methods.attach(decoder, spec.method(), spec.seed());
            long trained =
                    decoder.parameters().stream().mapToLong(Parameter::elements).sum();
            int layers = base.config().layers() - decoder.frozenLayers();
            Plan plan = Plan.of(
                    spec,
                    device.isCuda(),
                    materials.data().report().longest(),
                    layers,
                    before + Machine.residentMemory(),
                    fixedTokens,
                    (tokens, recomputed) -> MemoryEstimate.of(
                            shape(spec, base, decoder, precision, trained, layers, recomputed, tokens)));
            int lowest = decoder.frozenLayers();
            decoder.recompute(layer -> layer < lowest + plan.recomputedLayers());
            DecoderLearner learner = new DecoderLearner(
                    spec, decoder, materials.data().plan().totalSteps(), prefixes(spec, decoder, materials));
            if (start.adapter() != null) {
                try (PeftFolder adapter = PeftFolder.open(start.adapter())) {
                    learner.begin(adapter);
                }
            }
            materials.closeBase();
            return new Setup(kernels, learner, plan, device, precision, trained);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    /** Worth it from the second epoch on, and right only where the frozen layers always see the same. */
    private static @Nullable PrefixCache prefixes(RunSpec spec, Decoder decoder, Materials materials) {
        TrainingData data = materials.data();
        boolean same = spec.regularisation().neftuneNoiseAlpha() == 0 && decoder.frozenLayers() > 0;
        boolean again = data.plan().totalSteps() > data.plan().stepsPerEpoch();
        boolean asked = spec.method() instanceof MethodSpec.Partial partial && partial.cacheFrozenPrefix();
        boolean here = !decoder.kernels().device().isCuda();
        return asked && same && again && here && PrefixCache.fits(decoder, data.store(), materials.work())
                ? new PrefixCache(decoder, data.store(), materials.work())
                : null;
    }

    private static MemoryEstimate.Shape shape(
            RunSpec spec,
            BaseModel base,
            Decoder decoder,
            DType precision,
            long trained,
            int layers,
            int recomputed,
            int tokens) {
        DecoderConfig config = base.config();
        long parameters = base.weights().stream()
                .mapToLong(weight -> weight.shape().elements())
                .sum();
        // Files whose type is computed with are used where they lie; others are widened, and stay mapped beside.
        long mapped = base.weights().stream()
                .filter(weight -> weight.region().isPresent())
                .filter(weight -> weight.type().bytes(1) != precision.bytes())
                .mapToLong(weight -> weight.type().bytes(weight.shape().elements()))
                .sum();
        long ofModel = decoder.parameters().stream()
                .filter(parameter -> base.find(parameter.name()).isPresent())
                .mapToLong(Parameter::elements)
                .sum();
        long ranks = decoder.parameters().stream()
                .filter(parameter -> parameter.name().endsWith("lora_A.weight"))
                .mapToLong(parameter -> parameter.master().shape()[0])
                .sum();
        return new MemoryEstimate.Shape(
                parameters,
                precision.bytes(),
                mapped,
                trained,
                ofModel,
                layers,
                recomputed,
                config.hidden(),
                config.queryWidth(),
                config.keyValueWidth(),
                config.heads(),
                config.intermediate(),
                config.vocabulary(),
                layers == 0 ? 0 : (int) (ranks / layers),
                spec.optimiser().type(),
                spec.optimiser().momentum(),
                tokens);
    }

    /** Tells models apart by their files: names, sizes and the beginning of each, which holds all names and shapes. */
    static String fingerprint(Path model) {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> entries = Files.isDirectory(model) ? Files.list(model) : Stream.of(model)) {
            List<Path> files = entries.filter(
                            file -> file.toString().matches(".*\\.(safetensors|gguf)|.*config\\.json"))
                    .sorted()
                    .toList();
            for (Path file : files) {
                all.append(Files.isDirectory(model) ? file.getFileName() : "")
                        .append(Files.size(file))
                        .append(Digests.ofBeginning(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Digests.of(all.toString());
    }

    DecoderLearner learner() {
        return learner;
    }

    Plan plan() {
        return plan;
    }

    Device device() {
        return device;
    }

    DType precision() {
        return precision;
    }

    long trainedParameters() {
        return trainedParameters;
    }

    @Override
    public void close() {
        learner.close();
        kernels.close();
    }
}
