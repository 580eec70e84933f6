package dev.temper.web.dataset;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.Formats;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands above each part of a dataset's page.
 *
 * @param version as in v3; null while there is none
 * @param here the version's address, which links to its parts begin with
 * @param older whether there is a newer version
 */
record DatasetHead(
        long number,
        String name,
        String description,
        @Nullable String version,
        @Nullable UUID versionId,
        String here,
        String home,
        boolean older,
        String rows,
        List<String> tags,
        List<DatasetTab.Link> tabs,
        boolean mayChange) {
    static DatasetHead of(
            DatasetAddress address,
            DatasetView dataset,
            @Nullable VersionView version,
            DatasetTab now,
            Formats formats) {
        String here = version == null ? address.dataset() : address.version(version);
        DatasetView.Latest latest = dataset.latest();
        return new DatasetHead(
                dataset.number(),
                dataset.name(),
                dataset.description(),
                version == null ? null : "v" + version.number(),
                version == null ? null : version.id(),
                here,
                address.dataset(),
                version != null && latest != null && latest.number() > version.number(),
                version == null ? "" : formats.number(version.rows()),
                version == null ? List.of() : version.tags(),
                Arrays.stream(DatasetTab.values())
                        .map(tab -> new DatasetTab.Link(
                                tab.id(), "dataset.tab." + tab.id(), here + "?tab=" + tab.id(), tab == now))
                        .toList(),
                Caller.current().may(Permission.WRITE));
    }
}
