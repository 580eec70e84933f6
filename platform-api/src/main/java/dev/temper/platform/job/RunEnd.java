package dev.temper.platform.job;

/** How a worker says an attempt ended. */
public sealed interface RunEnd {
    record Succeeded() implements RunEnd {}

    record Failed(Failure failure) implements RunEnd {}

    /** Stopped, with a checkpoint where it could: because it was told to, or because the worker goes. */
    record Stopped() implements RunEnd {}
}
