package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Writes the rows of one version, one at a time. While rows are read the ones before are written, so that both have a core.
 * Close it whatever happens; what was written is gone then.
 */
final class VersionWriter implements AutoCloseable {
    /** DuckDB's own advice for files that are read by parts. */
    static final int ROWS_A_GROUP = 10_240;

    private static final int ROWS_AT_ONCE = 256;
    private static final long CHARACTERS_AT_ONCE = 2 << 20;

    private final DuckDb duckDb;
    private final Path lines;
    private final Path parquet;
    private final OutputStream writer;
    private final MessageDigest digest = RowColumns.sha256();
    private List<Row> waiting = new ArrayList<>(ROWS_AT_ONCE);
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long characters;
    private long rows;
    /** Of those that write alone. */
    private long written;

    private int longest = 1 << 20;

    private VersionWriter(DuckDb duckDb, Path folder) throws IOException {
        this.duckDb = duckDb;
        this.lines = Files.createTempFile(folder, "rows", ".jsonl");
        this.parquet = lines.resolveSibling(lines.getFileName() + ".parquet");
        this.writer = new BufferedOutputStream(Files.newOutputStream(lines), 1 << 16);
    }

    static VersionWriter in(Path folder, DuckDb duckDb) {
        try {
            return new VersionWriter(duckDb, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(Row row) {
        rows++;
        waiting.add(row);
        RowText.each(row, text -> characters += text.length());
        if (waiting.size() == ROWS_AT_ONCE || characters > CHARACTERS_AT_ONCE) {
            handOver();
        }
    }

    long rows() {
        return rows;
    }

    private void handOver() {
        await();
        List<Row> batch = waiting;
        waiting = new ArrayList<>(ROWS_AT_ONCE);
        characters = 0;
        writing = CompletableFuture.runAsync(() -> batch.forEach(this::write));
    }

    private void await() {
        try {
            writing.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UncheckedIOException disk) {
                throw disk;
            }
            throw failed;
        }
    }

    private void write(Row row) {
        try {
            RowColumns.Line line = RowColumns.line(++written, row);
            longest = Math.max(longest, line.json().length + 1);
            writer.write(line.json());
            digest.update(line.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What was written.
     *
     * @param parquet gone when the writer is closed
     * @param hash SHA-256 of the rows' addresses in their order, a line each: the same rows, the same hash
     */
    record Written(Path parquet, String hash, long rows) {}

    Written finish() {
        handOver();
        await();
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
        // Nothing may write into a file that is being taken away.
        writing.handle((done, failed) -> true).join();
        try {
            writer.close();
            Files.deleteIfExists(lines);
            Files.deleteIfExists(parquet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
