package dev.temper.platform.dataset;

/** Whether the tokens of a version are counted. */
public enum TokenCountState {
    COUNTING,
    DONE,
    FAILED
}
