package dev.temper.trainer.supervise;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.Outcome.Result;
import java.util.List;
import java.util.OptionalInt;

/** From how a run ended to what the platform is told. */
final class Outcomes {
    /** What a JVM returns under {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int HEAP_FULL = 3;

    private static final int BY_SIGNAL = 128;
    private static final int KILLED = BY_SIGNAL + 9;

    private Outcomes() {}

    static Outcome of(long fence, long lastSeq, Ending ending, List<FileRef> outputs) {
        return switch (ending) {
            case Ending.Done() -> new Outcome(fence, lastSeq, Result.SUCCEEDED, null, outputs);
            case Ending.Failed(Failure failure) -> new Outcome(fence, lastSeq, Result.FAILED, failure, List.of());
            case Ending.Stopped(Directive by, long _) -> new Outcome(fence, lastSeq, result(by), null, List.of());
        };
    }

    private static Result result(Directive by) {
        return switch (by) {
            case CANCEL -> Result.CANCELLED;
            case PAUSE -> Result.PAUSED;
            case PREEMPT, DRAIN, CHECKPOINT, CONTINUE -> Result.PREEMPTED;
        };
    }

    /** Its process is gone without a word. */
    static Failure vanished(OptionalInt status) {
        if (status.isEmpty()) {
            return new Failure(
                    Failure.Cause.INTERNAL,
                    "run_vanished",
                    "The run's process was gone when the worker started again.",
                    "It is tried again. If the machine was restarted, this is why.");
        }
        int returned = status.getAsInt();
        if (returned == HEAP_FULL) {
            return new Failure(
                    Failure.Cause.RESOURCES,
                    "heap_full",
                    "The run's Java heap is full.",
                    "Make the batch or the cutoff smaller.");
        }
        if (returned == KILLED) {
            return new Failure(
                    Failure.Cause.INTERNAL,
                    "run_killed",
                    "The run's process was killed by the system or by somebody.",
                    "If it happens again at the same step, the machine is out of memory: make the batch smaller.");
        }
        return new Failure(
                Failure.Cause.INTERNAL,
                "run_crashed",
                returned > BY_SIGNAL
                        ? "The run's process crashed (signal " + (returned - BY_SIGNAL) + ")."
                        : "The run's process ended without a word (status " + returned + ").",
                "Its last lines are in the log.");
    }
}
