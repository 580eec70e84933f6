package dev.temper.web.dataset;

import dev.temper.platform.dataset.VersionView;
import dev.temper.web.compute.Measures;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A version as lists and its report draw it.
 *
 * @param name as in v3
 * @param parent the version it was made from; null for one that came from a file, or whose parent is gone
 * @param derived whether it was made from another, which may be gone
 * @param sum how its rows come from the parent's; null where they do not
 */
record VersionCard(
        UUID id,
        String name,
        String href,
        @Nullable String parent,
        @Nullable String parentHref,
        boolean derived,
        String rows,
        String bytes,
        String hash,
        String note,
        @Nullable String by,
        @Nullable Moment made,
        List<String> tags,
        @Nullable Sum sum) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HASH = 12;

    /** Rows before, less those removed, more those added, are the rows of the version. */
    record Sum(String before, String removed, String added, String edited) {}

    static VersionCard of(VersionView version, @Nullable VersionView parent, DatasetAddress address, Formats formats) {
        return new VersionCard(
                version.id(),
                "v" + version.number(),
                address.version(version),
                parent == null ? null : "v" + parent.number(),
                parent == null ? null : address.version(parent),
                version.parent() != null,
                formats.number(version.rows()),
                Measures.size(version.size()),
                version.hash().substring(0, HASH),
                version.note(),
                version.createdBy(),
                formats.moment(version.createdAt()),
                version.tags(),
                sum(version, formats));
    }

    private static @Nullable Sum sum(VersionView version, Formats formats) {
        if (version.changes() == null) {
            return null;
        }
        JsonNode changes = JSON.readTree(version.changes());
        long removed = changes.path("removed").asLong(0);
        long added = changes.path("added").asLong(0);
        return new Sum(
                formats.number(version.rows() + removed - added),
                formats.number(removed),
                formats.number(added),
                formats.number(changes.path("edited").asLong(0)));
    }
}
