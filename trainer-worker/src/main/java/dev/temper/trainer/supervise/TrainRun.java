package dev.temper.trainer.supervise;

import dev.temper.contract.RunSpec;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.run.Control;
import dev.temper.trainer.run.Run;
import dev.temper.trainer.run.RunEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A training, as {@code ./temper train} does it, told to the platform and steered by it. */
public final class TrainRun implements RunKind {
    private static final Duration GLANCE = Duration.ofMillis(100);

    @Override
    public String name() {
        return "train";
    }

    @Override
    public Ending run(Assignment assignment, RunSide side) {
        RunSpec spec = LeasedSpec.of(assignment.spec(), assignment.folder(), LeasedSpec.Share.ofThisProcess());
        var output = assignment.folder().resolve(Results.OUTPUT);
        Control control = new Control(output);
        AtomicReference<Directive> stopped = new AtomicReference<>(Directive.PREEMPT);
        Thread steering = Thread.ofPlatform().daemon().name("steering").start(() -> steer(side, control, stopped));
        try {
            // What a checkpoint of an earlier attempt has laid here is gone on from.
            return switch (new Run(
                            spec,
                            output,
                            true,
                            control,
                            event -> told(event, assignment.folder()).forEach(side::tell))
                    .execute()) {
                case Run.Outcome.Trained _ -> new Ending.Done();
                case Run.Outcome.Interrupted(int step) -> new Ending.Stopped(stopped.get(), step);
            };
        } finally {
            steering.interrupt();
            control.done();
        }
    }

    private static void steer(RunSide side, Control control, AtomicReference<Directive> stopped) {
        try {
            while (true) {
                Directive wish = side.directive();
                if (wish.stops()) {
                    stopped.set(wish);
                    control.requestStop();
                    return;
                }
                if (wish == Directive.CHECKPOINT) {
                    control.requestCheckpoint();
                }
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param folder of the run, which is nobody's business elsewhere */
    static List<WorkerEvent> told(RunEvent event, Path folder) {
        return switch (event) {
            case RunEvent.Stepped step -> {
                Map<String, Double> values = new LinkedHashMap<>();
                put(values, "loss", step.loss());
                put(values, "learning_rate", step.rate());
                put(values, "grad_norm", step.gradientNorm());
                put(values, "epoch", step.epoch());
                put(values, "tokens", (double) step.tokens());
                put(values, "tokens_per_second", step.tokensPerSecond());
                yield List.of(new WorkerEvent.Metrics(step.step(), step.totalSteps(), values));
            }
            case RunEvent.Evaluated held -> {
                Map<String, Double> values = new LinkedHashMap<>();
                put(values, "eval_loss", held.loss());
                put(values, "eval_accuracy", held.accuracy());
                put(values, "epoch", held.epoch());
                yield List.of(new WorkerEvent.Metrics(held.step(), held.totalSteps(), values));
            }
            case RunEvent.Answered said ->
                List.of(new WorkerEvent.Sample(
                        said.step(),
                        Texts.cut(said.prompt()),
                        Texts.cut(said.answer()),
                        said.expected() == null ? null : Texts.cut(said.expected())));
            case RunEvent.Saved saved -> List.of(new WorkerEvent.Checkpoint(saved.step(), List.of()));
            case RunEvent.Notice notice ->
                List.of(new WorkerEvent.Notice(Texts.cut(notice.text().replace(folder + "/", ""))));
        };
    }

    /** JSON has no number for a loss that diverged; the trainer says so itself. */
    private static void put(Map<String, Double> values, String name, @Nullable Double value) {
        if (value != null && Double.isFinite(value)) {
            values.put(name, value);
        }
    }
}
