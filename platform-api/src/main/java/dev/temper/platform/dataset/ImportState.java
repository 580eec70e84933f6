package dev.temper.platform.dataset;

import java.util.EnumSet;
import java.util.Set;

/** Where an import stands, and what may follow. */
public enum ImportState {
    /** Waits for its turn. */
    QUEUED,
    RUNNING,
    /** Waits for somebody to say which columns are what. */
    MAPPING_NEEDED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** The states that may come next; none where it is over. */
    public Set<ImportState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
            case RUNNING -> EnumSet.of(MAPPING_NEEDED, SUCCEEDED, FAILED, CANCELLED);
            case MAPPING_NEEDED -> EnumSet.of(QUEUED, CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> EnumSet.noneOf(ImportState.class);
        };
    }

    public boolean over() {
        return next().isEmpty();
    }
}
