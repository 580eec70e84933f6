package dev.temper.platform.dataset;

import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Rows;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a customer's file. */
final class FileRows implements Incoming {
    private final Rows rows;

    FileRows(Rows rows) {
        this.rows = rows;
    }

    @Override
    public @Nullable Outcome next() throws IOException {
        return rows.next();
    }

    @Override
    public long read() {
        return rows.position();
    }

    @Override
    public long added() {
        return 0;
    }

    @Override
    public double progress() {
        return rows.progress();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
