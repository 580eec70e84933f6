package dev.temper.trainer.supervise;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.WorkerEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** A run that computes nothing and behaves like a training: for tests, for trying out, and for load. */
public final class SimulatedRun implements RunKind {
    /** How a step takes its time. */
    @FunctionalInterface
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    private final Pause pause;

    public SimulatedRun() {
        this(Thread::sleep);
    }

    SimulatedRun(Pause pause) {
        this.pause = pause;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public Ending run(Assignment assignment, RunSide side) throws InterruptedException {
        SimulatedSpec spec = SimulatedSpec.read(assignment.spec());
        StepFiles files = new StepFiles(assignment.folder());
        int from = Math.min(files.newest(), spec.steps());
        if (from > 0) {
            side.tell(new WorkerEvent.Notice("Going on after step " + from + "."));
        }
        for (int step = from + 1; step <= spec.steps(); step++) {
            if (spec.failsBefore(step, assignment.attempt())) {
                return new Ending.Failed(failure(spec, step));
            }
            pause.millis(spec.stepMillis());
            side.tell(metrics(spec, step));
            Directive wish = side.directive();
            if (wish == Directive.CANCEL) {
                return new Ending.Stopped(wish, step);
            }
            boolean due = spec.checkpointEvery() > 0 && step % spec.checkpointEvery() == 0;
            if (due || wish != Directive.CONTINUE || step == spec.steps()) {
                files.write(step);
                side.tell(new WorkerEvent.Checkpoint(step, List.of()));
            }
            if (wish.stops() && step < spec.steps()) {
                return new Ending.Stopped(wish, step);
            }
        }
        return new Ending.Done();
    }

    /** The same numbers for the same seed, whichever attempt does the step. */
    private static WorkerEvent metrics(SimulatedSpec spec, int step) {
        double progress = (double) step / spec.steps();
        double noise = new SplittableRandom(spec.seed() * 1_000_003 + step).nextDouble(-0.05, 0.05);
        return new WorkerEvent.Metrics(
                step,
                spec.steps(),
                Map.of("loss", 0.5 + 2 * Math.exp(-3 * progress) + noise, "learning_rate", 1e-4 * (1 - progress)));
    }

    private static Failure failure(SimulatedSpec spec, int step) {
        return new Failure(
                Objects.requireNonNullElse(spec.cause(), Failure.Cause.INTERNAL),
                "simulated_failure",
                "The simulated run failed before step " + step + ", as its spec says.",
                "Leave failAt out of the spec.");
    }
}
