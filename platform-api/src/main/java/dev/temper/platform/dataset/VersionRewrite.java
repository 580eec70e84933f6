package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import dev.temper.platform.dataset.VersionWriter.Written;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Makes a version's file out of another's: some rows another way, some gone, some new behind the last. The rows that stay
 * are copied as columns and never put together, so that one edit in a million rows takes a moment. Close it whatever
 * happens; what was written is gone then.
 */
final class VersionRewrite implements AutoCloseable {
    private final DuckDb duckDb;
    private final VersionFile parent;
    private final Path others;
    private final Path added;
    private final Path parquet;
    private int longest = 1 << 20;

    private VersionRewrite(DuckDb duckDb, VersionFile parent, Path folder) throws IOException {
        this.duckDb = duckDb;
        this.parent = parent;
        this.others = Files.createTempFile(folder, "edits", ".jsonl");
        this.added = others.resolveSibling(others.getFileName() + ".added");
        this.parquet = others.resolveSibling(others.getFileName() + ".parquet");
    }

    static VersionRewrite in(Path folder, DuckDb duckDb, VersionFile parent) {
        try {
            return new VersionRewrite(duckDb, parent, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the file.
     *
     * @param replaced by the number in the parent
     * @param gone numbers in the parent
     * @param more rows to put behind the last one
     */
    Written write(Map<Long, Row> replaced, SortedSet<Long> gone, List<Row> more) {
        long before = parent.count(RowQuery.ALL);
        long after = before - gone.size() + more.size();
        try (OutputStream changes = new BufferedOutputStream(Files.newOutputStream(others));
                OutputStream news = new BufferedOutputStream(Files.newOutputStream(added))) {
            for (Map.Entry<Long, Row> one : replaced.entrySet()) {
                put(changes, RowColumns.line(one.getKey(), one.getValue()));
            }
            long number = before - gone.size();
            for (Row row : more) {
                put(news, RowColumns.line(++number, row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        duckDb.run(statement(gone));
        return new Written(parquet, HexFormat.of().formatHex(new VersionFile(duckDb, parquet).address()), after);
    }

    private void put(OutputStream out, RowColumns.Line line) throws IOException {
        longest = Math.max(longest, line.json().length + 1);
        out.write(line.json());
    }

    private String statement(SortedSet<Long> gone) {
        // Only numbers of ours stand in the statement; what people wrote comes by way of the files.
        String numbers = gone.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]::bigint[]"));
        String shifted = gone.isEmpty()
                ? "p.row_number"
                : "p.row_number - len(list_filter(" + numbers + ", lambda n: n < p.row_number))";
        String kept = gone.isEmpty() ? "true" : "not list_contains(" + numbers + ", p.row_number)";
        String columns = RowColumns.NAMES.stream()
                .map(name -> "case when r.row_number is null then p.%1$s else r.%1$s end as %1$s".formatted(name))
                .collect(Collectors.joining(", "));
        return """
                copy (
                    select %s as row_number, %s from %s p left join %s r on p.row_number = r.row_number where %s
                    union all by name select * from %s
                ) to %s (format parquet, compression zstd, row_group_size %d)
                """.formatted(
                        shifted,
                        columns,
                        parent.source(),
                        read(others),
                        kept,
                        read(added),
                        duckDb.literal(parquet),
                        VersionWriter.ROWS_A_GROUP);
    }

    private String read(Path lines) {
        return "read_json(%s, format = 'newline_delimited', columns = %s, maximum_object_size = %d)"
                .formatted(duckDb.literal(lines), RowColumns.TYPES, longest);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(others);
            Files.deleteIfExists(added);
            Files.deleteIfExists(parquet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
