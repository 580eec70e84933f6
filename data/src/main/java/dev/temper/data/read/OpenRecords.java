package dev.temper.data.read;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts what a reader finds. */
final class OpenRecords implements Records {
    private final Content content;
    private final Detected detected;
    private final FormatReader reader;
    private long position;
    private long lastLine;
    private boolean ended;

    OpenRecords(Content content, Detected detected, FormatReader reader) {
        this.content = content;
        this.detected = detected;
        this.reader = reader;
    }

    @Override
    public @Nullable Item next() throws IOException {
        if (ended) {
            return null;
        }
        Item item = Damage.told(content.place(lastLine), reader::next);
        if (item == null) {
            ended = true;
        } else {
            position++;
            lastLine = item.place().line();
        }
        return item;
    }

    /** Goes to where an earlier reading stopped: the same file gives the same items again. */
    void skip(long items) throws IOException {
        while (position < items && next() != null) {
            // Only counted.
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public double progress() {
        if (ended) {
            return 1;
        }
        double known = reader.progress();
        return known < 0 ? content.progress() : known;
    }

    @Override
    public Detected detected() {
        return detected;
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            content.close();
        }
    }
}
