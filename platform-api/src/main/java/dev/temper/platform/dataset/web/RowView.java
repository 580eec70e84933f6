package dev.temper.platform.dataset.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.data.row.CanonicalJson;
import dev.temper.platform.dataset.NumberedRow;
import dev.temper.platform.dataset.VersionDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a version.
 *
 * @param number from 1
 * @param row the canonical row: {@code messages} or {@code text}, and {@code meta} with where it came from
 */
record RowView(long number, long characters, @JsonRawValue String row) {
    static RowView of(NumberedRow row) {
        return new RowView(row.number(), row.characters(), CanonicalJson.write(row.row()));
    }

    /** How a version differs from another; of the changes a page. */
    record Diff(
            long added,
            long removed,
            long changed,
            List<Change> changes,
            @Nullable String next) {
        static Diff of(VersionDiff diff) {
            return new Diff(
                    diff.added(),
                    diff.removed(),
                    diff.changed(),
                    diff.changes().stream()
                            .map(change -> new Change(
                                    change.before() == null ? null : RowView.of(change.before()),
                                    change.after() == null ? null : RowView.of(change.after())))
                            .toList(),
                    diff.next());
        }
    }

    /** One row that differs: without before it was added, without after removed. */
    record Change(@Nullable RowView before, @Nullable RowView after) {}
}
