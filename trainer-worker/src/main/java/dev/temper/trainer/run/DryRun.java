package dev.temper.trainer.run;

import dev.temper.contract.RunSpec;
import dev.temper.model.memory.MemoryPlan;
import dev.temper.trainer.data.MicroBatch;
import dev.temper.trainer.data.MicroBatches;
import dev.temper.trainer.data.StepPlan;
import dev.temper.trainer.data.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run would do: its data, its memory by part, its steps and its time, from a few micro-batches tried out. */
public final class DryRun {
    private static final int TRIED = 3;

    private final RunSpec spec;
    private final Path output;

    public DryRun(RunSpec spec, Path output) {
        this.spec = spec;
        this.output = output;
    }

    /** Lines for people. The tokens prepared stay in the output folder, where the run will find them. */
    public List<String> report() {
        try (OutputFolder folder = OutputFolder.take(output, true, false)) {
            StartingPoint start = StartingPoint.of(spec, folder.work());
            try (Materials materials = Materials.open(start.spec(), folder.work());
                    Setup setup = Setup.open(start, materials, 0)) {
                List<String> lines = new ArrayList<>(start.notices());
                lines.addAll(materials.data().report().lines());
                steps(setup, materials.data(), lines);
                memory(setup.plan(), lines);
                time(setup, materials.data(), lines);
                return lines;
            }
        }
    }

    private static void steps(Setup setup, TrainingData data, List<String> lines) {
        StepPlan plan = data.plan();
        lines.add("%,d trained parameters on %s in %s"
                .formatted(setup.trainedParameters(), setup.device(), setup.precision()));
        lines.add("%,d steps of up to %,d samples, %.2f epochs of %,d steps"
                .formatted(
                        plan.totalSteps(),
                        plan.samplesPerStep(),
                        plan.epochs(plan.totalSteps()),
                        plan.stepsPerEpoch()));
        if (data.held().length > 0) {
            lines.add("%,d samples are held out".formatted(data.held().length));
        }
    }

    private static void memory(MemoryPlan plan, List<String> lines) {
        lines.add("peak memory %,d MiB, with micro-batches of %,d tokens and %d layers recomputed:"
                .formatted(plan.estimate().total() >> 20, plan.tokenBudget(), plan.recomputedLayers()));
        plan.estimate().parts().forEach((part, bytes) -> lines.add("  %-12s %,8d MiB".formatted(part, bytes >> 20)));
    }

    /** The first micro-batch pays for starting up, so the others tell the time. */
    private void time(Setup setup, TrainingData data, List<String> lines) {
        MicroBatches layout = new MicroBatches(
                data.store(),
                spec.data().packing(),
                spec.batch().perDeviceTrainBatchSize(),
                setup.plan().tokenBudget());
        List<MicroBatch> batches = new ArrayList<>();
        for (int step = 1; batches.size() < TRIED && step <= data.plan().totalSteps(); step++) {
            layout.of(data.samples(step)).stream().limit(TRIED - batches.size()).forEach(batches::add);
        }
        double seconds = 0;
        long tokens = 0;
        for (int i = 0; i < batches.size(); i++) {
            long begin = System.nanoTime();
            setup.learner()
                    .forwardBackward(
                            batches.get(i),
                            1,
                            i,
                            Math.max(1, batches.get(i).tokens().labelled()));
            if (i > 0 || batches.size() == 1) {
                seconds += (System.nanoTime() - begin) / 1e9;
                tokens += batches.get(i).tokens().tokens().length;
            }
        }
        double perEpoch = (double) data.report().tokens()
                * data.plan().samples()
                / data.report().samples();
        double all = perEpoch * data.plan().epochs(data.plan().totalSteps());
        lines.add("%,.0f tokens to train on, about %,.0f tokens/s: %s"
                .formatted(all, tokens / seconds, TrainerLog.clock(all * seconds / tokens)));
    }
}
