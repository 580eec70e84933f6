package dev.temper.data.read;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a reader finds, and turns what a parser throws at a hostile file into a coded failure with a place. */
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
        Item item = guarded();
        if (item == null) {
            ended = true;
        } else {
            position++;
            lastLine = item.place().line();
        }
        return item;
    }

    private @Nullable Item guarded() throws IOException {
        try {
            return reader.next();
        } catch (CodedException known) {
            throw known;
        } catch (RuntimeException | StackOverflowError thrown) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof CodedException known) {
                    throw known;
                }
            }
            throw ReadCode.FILE_BROKEN
                    .at(content.place(lastLine), Map.of("reason", Reasons.of(thrown)))
                    .because(thrown);
        } catch (OutOfMemoryError tooLarge) {
            // A size that a file claims and a library believed: one refused allocation, the heap itself is sound.
            throw ReadCode.FILE_BROKEN
                    .at(content.place(lastLine), Map.of("reason", "it asks for more memory than there is"))
                    .because(tooLarge);
        }
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
