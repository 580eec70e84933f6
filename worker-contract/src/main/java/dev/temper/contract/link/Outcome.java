package dev.temper.contract.link;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended; told once, and safe to tell again.
 *
 * @param fence of its lease
 * @param lastSeq the number of its last event: the platform takes the outcome only when it holds all up to there
 * @param failure what went wrong; for {@code FAILED} alone
 * @param files what it made, all of them sent before
 */
public record Outcome(
        long fence, long lastSeq, Result result, @Nullable Failure failure, List<FileRef> files)
        implements LinkMessage {
    /** How it ended. */
    public enum Result {
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** Stopped with a checkpoint as the platform wished; goes on when somebody says so. */
        PAUSED,
        /** Stopped with a checkpoint for others' sake or because the worker goes; goes on as soon as it can. */
        PREEMPTED
    }

    public Outcome {
        LinkCheck.positive("fence", fence);
        LinkCheck.notNegative("lastSeq", lastSeq);
        LinkCheck.present("result", result);
        if ((result == Result.FAILED) != (failure != null)) {
            throw LinkCheck.invalid(
                    "failure", "does not fit the result", "a failure with FAILED and with nothing else");
        }
        files = LinkCheck.list("files", files, LinkCheck.MAX_LIST);
    }
}
