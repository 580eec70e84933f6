package dev.temper.platform.dataset;

import dev.temper.data.row.LeftOut;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes down each row that an import leaves out. Close it whatever happens; what was written is gone then. */
final class ReportWriter implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TYPES = """
            {number: 'BIGINT', file: 'VARCHAR', within: 'VARCHAR', line: 'BIGINT', "column": 'VARCHAR', code: 'VARCHAR',
             facts: 'VARCHAR', message: 'VARCHAR', content: 'VARCHAR'}
            """;

    private final DuckDb duckDb;
    private final Path lines;
    private final Path parquet;
    private final OutputStream out;
    private final Map<String, Long> reasons = new TreeMap<>();
    private long rows;
    private int longest = 1 << 20;

    private ReportWriter(Path folder, DuckDb duckDb) throws IOException {
        this.duckDb = duckDb;
        this.lines = Files.createTempFile(folder, "report", ".jsonl");
        this.parquet = lines.resolveSibling(lines.getFileName() + ".parquet");
        this.out = new BufferedOutputStream(Files.newOutputStream(lines));
    }

    static ReportWriter in(Path folder, DuckDb duckDb) {
        try {
            return new ReportWriter(Files.createDirectories(folder), duckDb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(LeftOut row) {
        rows++;
        reasons.merge(row.code(), 1L, Long::sum);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("number", rows);
        node.put("file", row.place().file());
        node.put("within", row.place().within());
        node.put("line", row.place().line());
        node.put("column", row.place().column());
        node.put("code", row.code());
        node.put("facts", JSON.writeValueAsString(row.facts()));
        node.put("message", Reasons.sentence(row));
        node.put("content", JSON.writeValueAsString(row.content()));
        byte[] line = JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        longest = Math.max(longest, line.length + 2);
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long rows() {
        return rows;
    }

    Map<String, Long> reasons() {
        return Map.copyOf(reasons);
    }

    /** The report; gone when the writer is closed. */
    Path finish() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        duckDb.run("""
                copy (select * from read_json(%s, format = 'newline_delimited', columns = %s, maximum_object_size = %d))
                to %s (format parquet, compression zstd)
                """.formatted(duckDb.literal(lines), TYPES, longest, duckDb.literal(parquet)));
        return parquet;
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(lines);
            Files.deleteIfExists(parquet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
