package dev.temper.platform.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version differs from another.
 *
 * @param changes a page of them, in the order of the rows
 * @param next the cursor of the page after this one; null on the last
 */
public record VersionDiff(
        long added,
        long removed,
        long changed,
        List<Change> changes,
        @Nullable String next) {
    public VersionDiff {
        changes = List.copyOf(changes);
    }

    /** Which changes are wanted. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One row that differs.
     *
     * @param before null where it was added
     * @param after null where it was removed
     */
    public record Change(
            @Nullable NumberedRow before, @Nullable NumberedRow after) {}

    VersionDiff showing(List<Change> shown, @Nullable String following) {
        return new VersionDiff(added, removed, changed, shown, following);
    }
}
