package dev.temper.platform.model;

/** How far a base model has come. */
public enum BaseModelState {
    /** Its files are on their way, or being looked at. */
    IMPORTING,
    READY,
    /** The import came to nothing; it says why, and may be tried again. */
    FAILED,
    /** Kept for what was made of it; no task may begin with it. */
    WITHDRAWN
}
