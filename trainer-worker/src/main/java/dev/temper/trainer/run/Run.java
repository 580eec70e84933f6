package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.contract.RunSpec;
import dev.temper.trainer.data.DataReport;
import dev.temper.trainer.data.StepPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One run from its spec to what it leaves behind. */
public final class Run {
    static final String STATE = "run_state.json";

    private final RunSpec spec;
    private final Path output;
    private final boolean resume;
    private final Control control;
    private final Consumer<RunEvent> events;

    /** How a run ended without failing. */
    public sealed interface Outcome {
        /** @param peakMemory in bytes */
        record Trained(double trainLoss, double tokensPerSecond, long peakMemory) implements Outcome {}

        /** Somebody asked it to stop; {@code --resume} goes on from this step. */
        record Interrupted(int step) implements Outcome {}
    }

    /**
     * @param output where everything goes
     * @param resume whether to go on from the newest whole checkpoint there, if there is one
     */
    public Run(RunSpec spec, Path output, boolean resume, Control control, Consumer<RunEvent> events) {
        this.spec = spec;
        this.output = output;
        this.resume = resume;
        this.control = control;
        this.events = events;
    }

    public Outcome execute() {
        try (OutputFolder folder =
                OutputFolder.take(output, resume, spec.output().overwrite())) {
            StartingPoint start = StartingPoint.of(spec, folder.work());
            start.notices().forEach(this::notice);
            try (Materials materials = Materials.open(start.spec(), folder.work())) {
                materials.data().report().lines().forEach(this::notice);
                return train(start, materials);
            }
        }
    }

    private Outcome train(StartingPoint start, Materials materials) {
        RunSpec effective = start.spec();
        Checkpoints checkpoints = new Checkpoints(output, spec.checkpoints().keep());
        Optional<Checkpoint> from = resume ? checkpoints.newestWhole(this::notice) : Optional.empty();
        Optional<Identity> before = from.map(checkpoint -> read(checkpoint, Identity.FILE, Identity.class));
        String model = Setup.fingerprint(Path.of(effective.model().path()));
        String data = materials.data().report().fingerprint();
        int threads = spec.compute().threads() > 0 ? spec.compute().threads() : Machine.processors();
        before.ifPresent(
                earlier -> Identity.of(effective, data, model, 0, threads).requireSameAs(earlier));
        int fixedTokens = before.map(Identity::tokenBudget).orElse(0);
        try (Setup setup = Setup.open(start, materials, fixedTokens)) {
            Identity identity = Identity.of(effective, data, model, setup.plan().tokenBudget(), threads);
            describe(setup, materials.data().plan());
            RunState state =
                    from.map(checkpoint -> restore(checkpoint, setup.learner())).orElse(RunState.START);
            requireNotBeyond(state, materials.data().plan());
            before.filter(earlier -> earlier.threads() != threads)
                    .ifPresent(earlier -> notice("The checkpoint was made with " + earlier.threads() + " threads, now "
                            + threads + ": losses will agree, but not to the last bit."));
            TrainerLog log = new TrainerLog(output, state.step());
            Samples samples = new Samples(
                    output, setup.learner(), materials.encoder(), materials.data(), spec.evaluation(), events);
            Loop.Saver saver = new CheckpointWriter(
                    checkpoints,
                    setup.learner(),
                    identity,
                    spec,
                    setup.plan().estimate().total() / 20);
            Loop loop = new Loop(
                    effective,
                    materials.data(),
                    setup.plan().tokenBudget(),
                    setup.learner(),
                    state,
                    saver,
                    samples,
                    control,
                    events.andThen(log),
                    System::nanoTime);
            return switch (loop.run()) {
                case Loop.Ending.Interrupted(RunState at) -> new Outcome.Interrupted(at.step());
                case Loop.Ending.Finished(RunState at) -> finish(effective, setup, materials, checkpoints, at, false);
                case Loop.Ending.StoppedEarly(RunState at) -> {
                    notice("Stopped early: no evaluation after step " + at.bestStep() + " was better.");
                    yield finish(effective, setup, materials, checkpoints, at, true);
                }
            };
        }
    }

    private void describe(Setup setup, StepPlan plan) {
        notice(
                "%s in %s, %,d trained parameters, %,d steps of %d samples, micro-batches of %,d tokens, %d layers recomputed"
                        .formatted(
                                setup.device(),
                                setup.precision(),
                                setup.trainedParameters(),
                                plan.totalSteps(),
                                plan.samplesPerStep(),
                                setup.plan().tokenBudget(),
                                setup.plan().recomputedLayers()));
        notice("Predicted peak memory: %,d MiB"
                .formatted(setup.plan().estimate().total() >> 20));
    }

    private RunState restore(Checkpoint checkpoint, Learner learner) {
        if (!Files.exists(checkpoint.folder().resolve(DecoderLearner.OPTIMISER))) {
            throw CodedException.user(
                    "checkpoint_without_optimiser",
                    checkpoint.folder() + " holds no optimiser state, as save_only_model was set.",
                    "Start a new run; the model in it can be used as it is.");
        }
        learner.load(checkpoint.folder());
        notice("Going on after step " + checkpoint.step() + ".");
        return read(checkpoint, STATE, RunState.class);
    }

    /** A run may go on for longer than the checkpoint's was to last, not end before it. */
    private static void requireNotBeyond(RunState state, StepPlan plan) {
        if (state.step() > plan.totalSteps()) {
            throw CodedException.user(
                            "resume_beyond_end",
                            "The checkpoint is of step " + state.step() + ", and the run ends after step "
                                    + plan.totalSteps() + ".",
                            "Give it more epochs or steps, or go on from an earlier checkpoint.")
                    .with("step", state.step())
                    .with("steps", plan.totalSteps());
        }
    }

    private Outcome finish(
            RunSpec effective,
            Setup setup,
            Materials materials,
            Checkpoints checkpoints,
            RunState state,
            boolean early) {
        long peak = Machine.peakMemory();
        if (spec.evaluation().loadBestModelAtEnd() && state.bestStep() > 0) {
            Optional<Checkpoint> best = checkpoints.whole(state.bestStep());
            best.ifPresent(checkpoint -> setup.learner().loadTrained(checkpoint.folder()));
            notice(
                    best.isPresent()
                            ? "The best model, that of step " + state.bestStep() + ", is restored."
                            : "The best model, that of step " + state.bestStep()
                                    + ", is damaged; the last one is kept.");
        }
        Map<String, Object> results = results(setup, materials, state, peak, early);
        DataReport report = materials.data().report();
        new TrainedModel(effective, Path.of(effective.model().path()), report, results)
                .write(output, setup.learner().trained());
        Results.write(output, results);
        if (spec.output().plotLoss()) {
            LossPlot.draw(TrainerLog.read(output), output);
        }
        return new Outcome.Trained(state.trainLoss(), state.tokens() / Math.max(state.seconds(), 1e-9), peak);
    }

    private static Map<String, Object> results(
            Setup setup, Materials materials, RunState state, long peak, boolean early) {
        StepPlan plan = materials.data().plan();
        double seconds = Math.max(state.seconds(), 1e-9);
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("epoch", plan.epochs(state.step()));
        results.put("steps", state.step());
        results.put("stopped_early", early);
        results.put("steps_without_labels", state.emptySteps());
        results.put("train_loss", state.trainLoss());
        results.put("train_runtime", seconds);
        results.put("train_samples_per_second", plan.epochs(state.step()) * plan.samples() / seconds);
        results.put("train_steps_per_second", state.step() / seconds);
        results.put("num_input_tokens_seen", state.tokens());
        results.put("supervised_tokens", state.supervisedTokens());
        results.put("tokens_per_second", state.tokens() / seconds);
        results.put("trained_parameters", setup.trainedParameters());
        results.put("peak_memory_bytes", peak);
        results.put("predicted_memory_bytes", setup.plan().estimate().total());
        results.put("predicted_memory_parts", setup.plan().estimate().parts());
        results.put("device", setup.device().toString());
        results.put("precision", setup.precision().toString());
        results.put("skipped_rows", materials.data().report().skippedRows());
        return results;
    }

    private void notice(String text) {
        events.accept(new RunEvent.Notice(text));
    }

    private static <T> T read(Checkpoint checkpoint, String name, Class<T> type) {
        try {
            return JsonMapper.shared()
                    .readValue(Files.readString(checkpoint.folder().resolve(name)), type);
        } catch (IOException | JacksonException e) {
            throw CodedException.internal(
                            "checkpoint_unreadable",
                            checkpoint.folder().resolve(name) + " can't be read: " + e.getMessage(),
                            "Remove the checkpoint, and resume from the one before.")
                    .because(e);
        }
    }
}
