package dev.temper.data.read;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one file, one at a time. Not for several threads. What breaks the file as a whole is a
 * {@link dev.temper.contract.CodedException} that says what and where; what breaks one record is an
 * {@link Item.Unreadable}.
 */
public interface Records extends Closeable {
    /** The next item; null at the end of the file. */
    @Nullable
    Item next() throws IOException;

    /** How many items were handed out, those before a resumed start included: where to open the file again. */
    long position();

    /** How much of the file has been read, from 0 to 1. */
    double progress();

    /** What the file turned out to be. */
    Detected detected();
}
