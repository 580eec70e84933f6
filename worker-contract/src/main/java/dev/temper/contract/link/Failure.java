package dev.temper.contract.link;

/**
 * Why a run failed.
 *
 * @param cause whose failure it is, and so whether the platform tries again
 * @param code stable, in lower snake case
 * @param message what happened, where
 * @param remedy what to change; empty where nothing can be advised
 */
public record Failure(Cause cause, String code, String message, String remedy) {
    /** Whose failure it is. */
    public enum Cause {
        /** Data or settings; trying again changes nothing. */
        USER,
        /** Memory, disk or time ran out; other settings would fit. */
        RESOURCES,
        /** Ours or a passing one; worth another attempt. */
        INTERNAL,
        /** The worker itself can't go on: full disk, sick device; worth another attempt elsewhere. */
        WORKER
    }

    public Failure {
        LinkCheck.present("failure.cause", cause);
        if (!LinkCheck.text("failure.code", code, 100).matches("[a-z][a-z0-9_]*")) {
            throw LinkCheck.invalid("failure.code", "is not a code", "lower_snake_case");
        }
        LinkCheck.text("failure.message", message, WorkerEvent.MAX_TEXT);
        LinkCheck.text("failure.remedy", remedy, WorkerEvent.MAX_TEXT);
    }
}
