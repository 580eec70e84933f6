package dev.temper.web.dataset;

import dev.temper.platform.dataset.DatasetView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the list draws it.
 *
 * @param version as in v3; null while it has none
 */
record DatasetRow(
        long number,
        String href,
        String name,
        List<String> tags,
        @Nullable String version,
        String rows,
        String characters,
        @Nullable Moment changed) {
    static DatasetRow of(DatasetView dataset, Shell shell, Formats formats) {
        DatasetView.Latest latest = dataset.latest();
        return new DatasetRow(
                dataset.number(),
                DatasetAddress.of(shell, dataset).dataset(),
                dataset.name(),
                dataset.tags(),
                latest == null ? null : "v" + latest.number(),
                latest == null ? "" : formats.number(latest.rows()),
                latest == null ? "" : formats.number(latest.characters()),
                formats.moment(dataset.changedAt()));
    }
}
