package dev.temper.platform.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version differs from another.
 *
 * @param changes the first of them
 */
public record VersionDiff(long added, long removed, long changed, List<Change> changes) {
    public VersionDiff {
        changes = List.copyOf(changes);
    }

    /**
     * One row that differs.
     *
     * @param before null where it was added
     * @param after null where it was removed
     */
    public record Change(
            @Nullable NumberedRow before, @Nullable NumberedRow after) {}

    VersionDiff showing(List<Change> shown) {
        return new VersionDiff(added, removed, changed, shown);
    }
}
