package dev.temper.data.read;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in a file.
 *
 * @param charset of a file made of characters; null otherwise
 * @param delimiter between the columns of a CSV or TSV file; null otherwise
 * @param header whether the first row of a CSV or TSV file names its columns
 * @param paths where the rows are in a JSON file: the arrays that are read one after another; "" is the top
 */
public record Detected(
        FileFormat format,
        Compression compression,
        @Nullable Charset charset,
        @Nullable Character delimiter,
        boolean header,
        List<String> paths) {
    public Detected {
        paths = List.copyOf(paths);
    }

    static Detected binary(FileFormat format, Compression compression) {
        return new Detected(format, compression, null, null, false, List.of());
    }
}
