package dev.temper.trainer.run;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.RunSpec;
import dev.temper.model.ModelFacts;
import dev.temper.model.memory.MemoryPlan;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.PeftFolder;
import dev.temper.trainer.data.Digests;
import dev.temper.trainer.data.TrainingData;
import dev.temper.trainer.method.Methods;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Parameter;
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
    private final MemoryPlan plan;
    private final Device device;
    private final DType precision;
    private final long trainedParameters;

    private Setup(
            Kernels kernels,
            DecoderLearner learner,
            MemoryPlan plan,
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
            MemoryPlan plan = MemoryPlan.of(
                    ModelFacts.of(base),
                    spec,
                    new MemoryPlan.Room(device.isCuda(), precision.bytes(), before + Machine.residentMemory()),
                    materials.data().report().longest(),
                    fixedTokens);
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

    MemoryPlan plan() {
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
