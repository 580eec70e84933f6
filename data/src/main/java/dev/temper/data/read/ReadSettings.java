package dev.temper.data.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be read where somebody knows better than what is seen in it; null leaves a thing to detection.
 *
 * @param encoding name of the characters' encoding, as in {@code GB18030}
 * @param delimiter what separates the columns of a CSV file
 * @param header whether the first row of a table names its columns
 * @param path where the rows are in a JSON file, as in {@code /data/items}; "" for the top
 * @param sheets the sheets to read of a workbook; empty for all
 */
public record ReadSettings(
        @Nullable FileFormat format,
        @Nullable String encoding,
        @Nullable Character delimiter,
        @Nullable Boolean header,
        @Nullable String path,
        List<String> sheets) {
    public static final ReadSettings AUTOMATIC = new ReadSettings(null, null, null, null, null, List.of());

    public ReadSettings {
        sheets = List.copyOf(sheets);
    }
}
