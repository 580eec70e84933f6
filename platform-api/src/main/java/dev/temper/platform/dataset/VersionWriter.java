package dev.temper.platform.dataset;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Row;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes the rows of one version, one at a time. Close it whatever happens; what was written is gone then. */
final class VersionWriter implements AutoCloseable {
    /** DuckDB's own advice for files that are read by parts. */
    static final int ROWS_A_GROUP = 10_240;

    private final DuckDb duckDb;
    private final Path lines;
    private final Path parquet;
    private final OutputStream writer;
    private final MessageDigest digest = RowColumns.sha256();
    private long rows;
    private int longest = 1 << 20;

    private VersionWriter(DuckDb duckDb, Path folder) throws IOException {
        this.duckDb = duckDb;
        this.lines = Files.createTempFile(folder, "rows", ".jsonl");
        this.parquet = lines.resolveSibling(lines.getFileName() + ".parquet");
        this.writer = new BufferedOutputStream(Files.newOutputStream(lines));
    }

    static VersionWriter in(Path folder, DuckDb duckDb) {
        try {
            return new VersionWriter(duckDb, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(Row row) {
        try {
            rows++;
            byte[] line = RowColumns.line(rows, row).getBytes(StandardCharsets.UTF_8);
            longest = Math.max(longest, line.length + 2);
            writer.write(line);
            writer.write('\n');
            digest.update(CanonicalJson.write(row).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long rows() {
        return rows;
    }

    /**
     * What was written.
     *
     * @param parquet gone when the writer is closed
     * @param hash SHA-256 of the canonical rows in their order, a line each: the same rows, the same hash
     */
    record Written(Path parquet, String hash, long rows) {}

    Written finish() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        duckDb.run(
                """
                copy (select * from read_json(%s, format = 'newline_delimited', columns = %s,
                                              maximum_object_size = %d))
                to %s (format parquet, compression zstd, row_group_size %d)
                """.formatted(duckDb.literal(lines), RowColumns.TYPES, longest, duckDb.literal(parquet), ROWS_A_GROUP));
        return new Written(parquet, HexFormat.of().formatHex(digest.digest()), rows);
    }

    @Override
    public void close() {
        try {
            writer.close();
            Files.deleteIfExists(lines);
            Files.deleteIfExists(parquet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
