package dev.temper.trainer.run;

import dev.temper.contract.CheckpointSpec;
import dev.temper.contract.CodedException;
import dev.temper.contract.EvaluationSpec;
import dev.temper.contract.Interval;
import dev.temper.contract.RunSpec;
import dev.temper.trainer.data.MicroBatch;
import dev.temper.trainer.data.MicroBatches;
import dev.temper.trainer.data.StepPlan;
import dev.temper.trainer.data.TrainingData;
import dev.temper.trainer.model.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The loop: step, log, evaluate, save, listen. */
final class Loop {
    private final RunSpec spec;
    private final TrainingData data;
    private final StepPlan plan;
    private final MicroBatches trainBatches;
    private final MicroBatches evaluationBatches;
    private final Learner learner;
    private final Saver saver;
    private final IntConsumer asking;
    private final Control control;
    private final Consumer<RunEvent> events;
    private final LongSupplier nanoTime;
    private RunState state;

    /** Writes checkpoints, while training goes on where there is memory for that. */
    interface Saver {
        /** Begins to write one, after the one before is whole. */
        void save(RunState state);

        /** The one that is whole since this was last asked. */
        Optional<Checkpoint> written();

        /** The same, after waiting for what is being written. */
        Optional<Checkpoint> finished();
    }

    /** How a loop ended. */
    sealed interface Ending {
        RunState state();

        record Finished(RunState state) implements Ending {}

        /** No evaluation was better for as long as patience lasts. */
        record StoppedEarly(RunState state) implements Ending {}

        /** Somebody asked for it; a checkpoint is written. */
        record Interrupted(RunState state) implements Ending {}
    }

    /** @param asking hears of the steps at which the model is to be asked something */
    Loop(
            RunSpec spec,
            TrainingData data,
            int tokenBudget,
            Learner learner,
            RunState start,
            Saver saver,
            IntConsumer asking,
            Control control,
            Consumer<RunEvent> events,
            LongSupplier nanoTime) {
        this.spec = spec;
        this.data = data;
        this.plan = data.plan();
        this.trainBatches = new MicroBatches(
                data.store(), spec.data().packing(), spec.batch().perDeviceTrainBatchSize(), tokenBudget);
        this.evaluationBatches = new MicroBatches(
                data.heldStore(), spec.data().packing(), spec.batch().perDeviceEvalBatchSize(), tokenBudget);
        this.learner = learner;
        this.state = start;
        this.saver = saver;
        this.asking = asking;
        this.control = control;
        this.events = events;
        this.nanoTime = nanoTime;
    }

    Ending run() {
        try {
            Ending ending = steps();
            saver.finished().ifPresent(this::tell);
            return ending;
        } catch (RuntimeException e) {
            try {
                saver.finished().ifPresent(this::tell);
            } catch (RuntimeException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    private Ending steps() {
        if (state.step() == 0 && data.held().length > 0 && spec.evaluation().onStart()) {
            tell(measure(), false);
        }
        if (state.step() == 0) {
            asking.accept(0);
        }
        while (state.step() < plan.totalSteps()) {
            train(state.step() + 1);
            boolean last = state.step() == plan.totalSteps();
            boolean better = evaluationIsDue() && evaluate();
            if (last || (evaluates() ? evaluationIsDue() : checkpointIsDue())) {
                asking.accept(state.step());
            }
            Control.Directive directive = control.poll();
            saver.written().ifPresent(this::tell);
            if (checkpointIsDue() || better || directive != Control.Directive.CONTINUE) {
                saver.finished().ifPresent(this::tell);
                saver.save(state);
                saver.written().ifPresent(this::tell);
            }
            if (directive == Control.Directive.STOP && !last) {
                return new Ending.Interrupted(state);
            }
            int patience = spec.evaluation().earlyStoppingPatience();
            if (patience > 0 && state.stale() >= patience) {
                return new Ending.StoppedEarly(state);
            }
        }
        if (data.held().length > 0 && state.evaluatedAt() < state.step()) {
            evaluate();
        }
        return new Ending.Finished(state);
    }

    private void train(int step) {
        long start = nanoTime.getAsLong();
        int[] samples = data.samples(step);
        List<MicroBatch> batches = trainBatches.of(samples);
        long labels = batches.stream()
                .mapToLong(batch -> learner.items(batch.tokens()))
                .sum();
        long tokens = batches.stream()
                .mapToLong(batch -> batch.tokens().tokens().length)
                .sum();
        double sum = 0;
        double norm = 0;
        if (labels > 0) {
            for (int micro = 0; micro < batches.size(); micro++) {
                Loss loss = learner.forwardBackward(batches.get(micro), step, micro, labels);
                requireFinite(loss.sum(), "loss", step, samples);
                sum += loss.sum();
            }
            Learner.Update update = learner.update(step);
            norm = update.norm();
            if (!update.applied() && !update.expected()) {
                requireFinite(norm, "gradient", step, samples);
            }
        } else {
            events.accept(new RunEvent.Notice(
                    "Step " + step + " has no token to learn and changes nothing (" + places(samples) + ")."));
        }
        double seconds = (nanoTime.getAsLong() - start) / 1e9;
        double loss = labels == 0 ? 0 : sum / labels;
        state = state.trained(tokens, labels, loss, seconds);
        boolean logs = step % spec.output().loggingSteps() == 0;
        events.accept(new RunEvent.Stepped(
                step,
                plan.totalSteps(),
                loss,
                logs ? Double.valueOf(state.meanLoss()) : null,
                learner.rate(step),
                norm,
                plan.epochs(step),
                state.tokens(),
                state.seconds(),
                tokens / Math.max(seconds, 1e-9)));
        if (logs) {
            state = state.logged();
        }
    }

    private void requireFinite(double value, String what, int step, int[] samples) {
        if (!Double.isFinite(value)) {
            throw CodedException.user(
                            "loss_not_finite",
                            "The " + what + " of step " + step + " is " + value + ". Its samples: " + places(samples)
                                    + ". The last checkpoint is untouched.",
                            "Lower the learning rate, look at those rows, or train in fp32; then resume.")
                    .with("step", step)
                    .with("samples", Arrays.stream(samples).boxed().toList());
        }
    }

    private String places(int[] samples) {
        String first = IntStream.of(samples).limit(8).mapToObj(data::place).collect(Collectors.joining(", "));
        return samples.length > 8 ? first + " and " + (samples.length - 8) + " more" : first;
    }

    private boolean evaluates() {
        return data.held().length > 0 && spec.evaluation().interval() != Interval.NO;
    }

    private boolean evaluationIsDue() {
        EvaluationSpec evaluation = spec.evaluation();
        return evaluates() && isDue(evaluation.interval(), evaluation.steps());
    }

    private boolean checkpointIsDue() {
        CheckpointSpec checkpoints = spec.checkpoints();
        boolean last = state.step() == plan.totalSteps();
        return isDue(checkpoints.interval(), checkpoints.steps()) || (last && checkpoints.interval() != Interval.NO);
    }

    private boolean isDue(Interval interval, int steps) {
        return switch (interval) {
            case NO -> false;
            case STEPS -> state.step() % steps == 0;
            case EPOCH -> plan.endsEpoch(state.step());
        };
    }

    /** What the model makes of the held-out rows as it is now. */
    private record Measured(double loss, double accuracy, double seconds) {}

    /** Whether it was the best so far and is to be kept. */
    private boolean evaluate() {
        Measured measured = measure();
        boolean byAccuracy = spec.evaluation().metricForBestModel().equals("eval_accuracy");
        state = state.evaluated(byAccuracy ? -measured.accuracy() : measured.loss());
        boolean best = state.bestStep() == state.step();
        tell(measured, best);
        return best && spec.evaluation().loadBestModelAtEnd();
    }

    private Measured measure() {
        long start = nanoTime.getAsLong();
        Loss all = Loss.NONE;
        long labels = 0;
        for (int from = 0; from < data.held().length; from += 512) {
            int[] some = Arrays.copyOfRange(data.held(), from, Math.min(data.held().length, from + 512));
            for (MicroBatch batch : evaluationBatches.of(some)) {
                all = all.plus(learner.evaluate(batch.tokens()));
                labels += learner.items(batch.tokens());
            }
        }
        return new Measured(
                labels == 0 ? 0 : all.sum() / labels,
                all.targets() == 0 ? 0 : (double) all.correct() / all.targets(),
                (nanoTime.getAsLong() - start) / 1e9);
    }

    private void tell(Measured measured, boolean best) {
        events.accept(new RunEvent.Evaluated(
                state.step(),
                plan.totalSteps(),
                measured.loss(),
                accuracyIfAsked(measured.accuracy()),
                plan.epochs(state.step()),
                best,
                state.seconds(),
                measured.seconds()));
    }

    private @Nullable Double accuracyIfAsked(double accuracy) {
        return spec.evaluation().computeAccuracy() ? accuracy : null;
    }

    private void tell(Checkpoint checkpoint) {
        events.accept(new RunEvent.Saved(checkpoint.step(), checkpoint.folder()));
    }
}
