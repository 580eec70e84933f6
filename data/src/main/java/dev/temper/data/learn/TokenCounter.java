package dev.temper.data.learn;

import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts the tokens of rows as they come, on all cores, and writes their lengths down in the rows' order. */
public final class TokenCounter implements AutoCloseable {
    private static final int AT_ONCE = 512;
    private static final long CHARACTERS_AT_ONCE = 4 << 20;

    private final RowEncoder encoder;
    private final TokenLengths.Writer writer;
    private final List<Row> waiting = new ArrayList<>(AT_ONCE);
    private long characters;
    private long rows;

    public TokenCounter(RowEncoder encoder, Path file) throws IOException {
        this.encoder = encoder;
        this.writer = new TokenLengths.Writer(file);
    }

    public void add(Row row) {
        waiting.add(row);
        RowText.each(row, text -> characters += text.length());
        if (waiting.size() == AT_ONCE || characters > CHARACTERS_AT_ONCE) {
            count();
        }
    }

    /** Rows whose lengths are written. */
    public long rows() {
        return rows;
    }

    private void count() {
        waiting.parallelStream().map(encoder::encode).toList().forEach(writer::add);
        rows += waiting.size();
        waiting.clear();
        characters = 0;
    }

    /** Counts what is waiting. */
    public void finish() throws IOException {
        count();
        writer.close();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
