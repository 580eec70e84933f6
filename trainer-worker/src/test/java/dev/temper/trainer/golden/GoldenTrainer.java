package dev.temper.trainer.golden;

import dev.temper.contract.RegularisationSpec;
import dev.temper.model.Goldens;
import dev.temper.model.weights.SafetensorsFile;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.golden.GoldenRun.Step;
import dev.temper.trainer.method.Methods;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.GoldenTensors;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.model.Pass;
import dev.temper.trainer.optim.Optimiser;
import dev.temper.trainer.optim.Schedule;
import dev.temper.trainer.stage.Stages;
import dev.temper.trainer.stage.TrainingStage;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a recorded run's steps with our own parts. */
final class GoldenTrainer implements AutoCloseable {
    private static final RegularisationSpec NONE = new RegularisationSpec(0, 0);

    private final Decoder decoder;
    private final GoldenRun golden;
    private final Optimiser optimiser;
    private final Schedule schedule;
    private final TrainingStage stage;
    private final List<PackedBatch> batches;

    GoldenTrainer(Decoder decoder, GoldenRun golden) {
        this.decoder = decoder;
        this.golden = golden;
        Methods.attach(decoder, golden.method().orElseThrow(), 42);
        optimiser = new Optimiser(decoder, golden.optimiser());
        schedule = Schedule.of(golden.schedule(), golden.steps().size());
        stage = Stages.of(golden.stage());
        batches = batches("training/batches_" + golden.data() + ".safetensors");
    }

    /** Loads what the run started from, or what it had before step {@code first}. */
    void load(int first) {
        golden.initial().ifPresent(file -> {
            try (SafetensorsFile initial = SafetensorsFile.open(file)) {
                decoder.parameters()
                        .forEach(parameter ->
                                assign(parameter.master(), initial, golden.nameInMemory(parameter.name())));
            }
        });
        if (first > 1) {
            try (SafetensorsFile state = SafetensorsFile.open(golden.state())) {
                for (Parameter parameter : decoder.parameters()) {
                    assign(parameter.master(), state, "parameter." + golden.nameInMemory(parameter.name()));
                }
                for (Map.Entry<String, Tensor> kept : optimiser.state().entrySet()) {
                    assign(kept.getValue(), state, kept.getKey());
                }
            }
        }
        decoder.followMasters();
    }

    private void assign(Tensor target, SafetensorsFile file, String name) {
        Kernels kernels = decoder.kernels();
        try (Tensor source = kernels.floats(file.get(name).toFloats(), target.shape())) {
            target.assign(source);
        }
    }

    Step step(int step) {
        int accumulation = golden.accumulation();
        List<PackedBatch> window = new ArrayList<>();
        for (int micro = 0; micro < accumulation; micro++) {
            window.add(batches.get(((step - 1) * accumulation + micro) % batches.size()));
        }
        int items = window.stream().mapToInt(stage::items).sum();
        double sum = 0;
        for (int micro = 0; micro < accumulation; micro++) {
            Pass pass = new Pass(42, step, micro, 1.0 / items);
            sum += stage.forwardBackward(decoder, window.get(micro), pass, NONE, null)
                    .sum();
        }
        double rate = schedule.rate(step, golden.optimiser().learningRate());
        Optimiser.Update update = optimiser.step(step, rate, 1);
        return new Step(step, sum / items, rate, update.norm(), items);
    }

    /** Batches as recorded, with padding dropped and rows laid end to end. */
    private static List<PackedBatch> batches(String name) {
        List<PackedBatch> batches = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(Goldens.path(name))) {
            for (int i = 0; file.find("%03d.input_ids".formatted(i)).isPresent(); i++) {
                batches.add(packed(file, "%03d.".formatted(i)));
            }
        }
        return batches;
    }

    private static PackedBatch packed(SafetensorsFile file, String prefix) {
        int width = file.get(prefix + "input_ids").shape().sizes().getLast().intValue();
        int[] ids = GoldenTensors.integers(file.get(prefix + "input_ids"));
        int[] labels = GoldenTensors.integers(file.get(prefix + "labels"));
        int[] mask = file.find(prefix + "attention_mask").isPresent()
                ? GoldenTensors.integers(file.get(prefix + "attention_mask"))
                : null;
        List<Integer> kept = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (i % width == 0) {
                starts.add(kept.size());
            }
            if (mask == null || mask[i] == 1) {
                kept.add(i);
            }
        }
        starts.add(kept.size());
        return new PackedBatch(
                kept.stream().mapToInt(i -> ids[i]).toArray(),
                kept.stream().mapToInt(i -> labels[i]).toArray(),
                starts.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public void close() {
        optimiser.close();
    }
}
