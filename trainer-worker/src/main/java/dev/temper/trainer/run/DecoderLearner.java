package dev.temper.trainer.run;

import dev.temper.contract.RunSpec;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.SafetensorsFile;
import dev.temper.model.weights.SafetensorsWriter;
import dev.temper.model.weights.Shape;
import dev.temper.model.weights.TensorData;
import dev.temper.model.weights.WeightSource;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.data.MicroBatch;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Loss;
import dev.temper.trainer.model.Pass;
import dev.temper.trainer.model.generation.GeneratedText;
import dev.temper.trainer.model.generation.GenerationSettings;
import dev.temper.trainer.model.generation.Generator;
import dev.temper.trainer.model.generation.TextListener;
import dev.temper.trainer.optim.LossScale;
import dev.temper.trainer.optim.Optimiser;
import dev.temper.trainer.optim.Schedule;
import dev.temper.trainer.stage.Stages;
import dev.temper.trainer.stage.TrainingStage;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decoder with a method attached, its stage and its optimiser. */
final class DecoderLearner implements Learner {
    static final String TRAINED = "trained.safetensors";
    static final String OPTIMISER = "optimizer.safetensors";
    private static final String LOSS_SCALE = "loss_scale";
    private static final String GOOD_STEPS = "good_steps";

    private final RunSpec spec;
    private final Decoder decoder;
    private final TrainingStage stage;
    private final Optimiser optimiser;
    private final Schedule schedule;
    private final @Nullable PrefixCache prefixes;
    private LossScale lossScale;

    /**
     * Takes both over.
     *
     * @param prefixes what the frozen layers make of samples, if that is kept
     */
    DecoderLearner(RunSpec spec, Decoder decoder, int totalSteps, @Nullable PrefixCache prefixes) {
        this.spec = spec;
        this.decoder = decoder;
        this.prefixes = prefixes;
        this.stage = Stages.of(spec.stage());
        this.optimiser = new Optimiser(decoder, spec.optimiser());
        this.schedule = Schedule.of(spec.schedule(), totalSteps);
        this.lossScale = decoder.precision() == DType.FLOAT16 ? LossScale.start() : LossScale.NONE;
    }

    @Override
    public long items(PackedBatch batch) {
        return stage.items(batch);
    }

    @Override
    public Loss forwardBackward(MicroBatch batch, int step, int microBatch, long labels) {
        Pass pass = new Pass(spec.seed(), step, microBatch, lossScale.value() / labels);
        if (prefixes == null) {
            return stage.forwardBackward(decoder, batch.tokens(), pass, spec.regularisation(), null);
        }
        try (Tensor prefix = prefixes.of(batch)) {
            return stage.forwardBackward(decoder, batch.tokens(), pass, spec.regularisation(), prefix);
        }
    }

    @Override
    public Update update(int step) {
        Optimiser.Update update = optimiser.step(step, rate(step), lossScale.value());
        boolean scaled = !lossScale.equals(LossScale.NONE);
        lossScale = lossScale.after(update.applied());
        return new Update(update.norm(), update.applied(), scaled);
    }

    @Override
    public double rate(int step) {
        return schedule.rate(step, spec.optimiser().learningRate());
    }

    @Override
    public Loss evaluate(PackedBatch batch) {
        return stage.evaluate(decoder, batch);
    }

    @Override
    public Snapshot snapshot(boolean withOptimiser, boolean copied) {
        Arena arena = Arena.ofShared();
        List<TensorData> trained = copied ? copies(trained(), arena) : trained();
        List<TensorData> state =
                !withOptimiser ? List.of() : copied ? copies(data(optimiser.state()), arena) : data(optimiser.state());
        Map<String, String> scale =
                Map.of(LOSS_SCALE, Double.toString(lossScale.value()), GOOD_STEPS, lossScale.goodSteps() + "");
        return new Snapshot() {
            @Override
            public void writeTo(Path folder) throws IOException {
                SafetensorsWriter.write(folder.resolve(TRAINED), SafetensorsWriter.PYTORCH, trained);
                if (withOptimiser) {
                    SafetensorsWriter.write(folder.resolve(OPTIMISER), scale, state);
                }
            }

            @Override
            public void close() {
                arena.close();
            }
        };
    }

    @Override
    public long snapshotBytes(boolean withOptimiser) {
        long trained = bytes(trained());
        return withOptimiser ? trained + bytes(data(optimiser.state())) : trained;
    }

    private static long bytes(List<TensorData> tensors) {
        return tensors.stream()
                .mapToLong(tensor -> tensor.type().bytes(tensor.shape().elements()))
                .sum();
    }

    private static List<TensorData> copies(List<TensorData> tensors, Arena arena) {
        List<TensorData> copies = new ArrayList<>();
        for (TensorData tensor : tensors) {
            MemorySegment copy =
                    arena.allocate(tensor.type().bytes(tensor.shape().elements()), 64);
            try {
                tensor.writeTo(copy::copyFrom);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            copies.add(TensorData.of(tensor.name(), tensor.type(), tensor.shape(), copy));
        }
        return copies;
    }

    /** What trains, by name, in fp32. */
    List<TensorData> trained() {
        Map<String, Tensor> masters = new LinkedHashMap<>();
        decoder.parameters().forEach(parameter -> masters.put(parameter.name(), parameter.master()));
        return data(masters);
    }

    private List<TensorData> data(Map<String, Tensor> tensors) {
        boolean here = !decoder.kernels().device().isCuda();
        List<TensorData> data = new ArrayList<>();
        tensors.forEach((name, tensor) -> data.add(new Held(name, Shape.of(tensor.shape()), tensor, here)));
        return data;
    }

    @Override
    public void load(Path folder) {
        loadTrained(folder);
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(OPTIMISER))) {
            optimiser.state().forEach((name, tensor) -> TrainedWeights.assign(decoder.kernels(), tensor, name, file));
            if (!lossScale.equals(LossScale.NONE)) {
                lossScale = new LossScale(
                        Double.parseDouble(file.metadata().getOrDefault(LOSS_SCALE, "1")),
                        Integer.parseInt(file.metadata().getOrDefault(GOOD_STEPS, "0")));
            }
        }
    }

    @Override
    public void loadTrained(Path folder) {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(TRAINED))) {
            begin(file);
        }
    }

    /** Takes over the values of what trains from a file that has them under the same names. */
    void begin(WeightSource source) {
        TrainedWeights.load(decoder, source);
    }

    /** Continues prompts with the model as it is now. */
    List<GeneratedText> complete(List<int[]> prompts, Tokenizer tokenizer, GenerationSettings settings) {
        return new Generator(decoder, tokenizer).generate(prompts, settings, TextListener.NONE);
    }

    @Override
    public void close() {
        if (prefixes != null) {
            prefixes.close();
        }
        optimiser.close();
        decoder.close();
    }

    /** A tensor's numbers, taken from its device when they are written. */
    private record Held(String name, Shape shape, Tensor tensor, boolean here) implements TensorData {
        @Override
        public ElementType type() {
            return ElementType.F32;
        }

        @Override
        public void writeTo(Sink sink) throws IOException {
            if (here) {
                sink.write(tensor.memory());
            } else {
                sink.write(MemorySegment.ofArray(tensor.toFloats()));
            }
        }
    }
}
