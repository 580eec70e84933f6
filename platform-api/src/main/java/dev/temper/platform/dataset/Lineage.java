package dev.temper.platform.dataset;

import dev.temper.platform.common.Use;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a version comes from and what came of it: file → import → version → version.
 *
 * @param source the import that the rows of the first came from; null where they came from none
 * @param line the version and those it was made from, the oldest first
 * @param children versions made from it
 * @param uses what needs it
 */
public record Lineage(@Nullable Source source, List<Link> line, List<Link> children, List<Use> uses) {
    public Lineage {
        line = List.copyOf(line);
        children = List.copyOf(children);
        uses = List.copyOf(uses);
    }

    /**
     * The file and its import.
     *
     * @param number of the version that it made
     */
    public record Source(UUID id, String fileName, long fileSize, int number) {}

    /**
     * A version in the line.
     *
     * @param deleted whether only its name is left
     */
    public record Link(
            UUID id,
            int number,
            long rows,
            String note,
            @Nullable String createdBy,
            Instant createdAt,
            boolean deleted) {}
}
