package dev.temper.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of rows.
 *
 * @param path a JSON array, JSON lines or text file
 * @param columns our name of a column → its name in the file, such as {@code prompt → question}
 * @param tags our name of a role or field of a message → its name in the file, such as {@code user_tag → human}
 * @param maxSamples at most so many rows, the first ones; 0 means all
 * @param weight its share when sources are interleaved, in proportion to the others'
 */
public record DataSource(
        String path,
        DataFormat format,
        Map<String, String> columns,
        Map<String, String> tags,
        int maxSamples,
        double weight) {
    public DataSource {
        Check.notBlank("data.path", path);
        Check.atLeast("data.maxSamples", maxSamples, 0);
        Check.positive("data.weight", weight);
        columns = Map.copyOf(columns);
        tags = Map.copyOf(tags);
    }

    /** All rows of a file, its format told from them. */
    public static DataSource of(String path) {
        return new DataSource(path, DataFormat.AUTO, Map.of(), Map.of(), 0, 1);
    }

    /** The name a column has in the file, or {@code fallback} where none was given. */
    public @Nullable String column(String name, @Nullable String fallback) {
        return columns.getOrDefault(name, fallback);
    }
}
