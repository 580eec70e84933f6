package dev.temper.platform.dataset;

import dev.temper.data.shape.Outcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows on their way into a version, one after the other. */
interface Incoming extends AutoCloseable {
    /** The next of them, usable or not; null behind the last. */
    @Nullable
    Outcome next() throws IOException;

    /** Rows that were there so far. */
    long read();

    /** Rows beyond those, because some are taken more than once. */
    long added();

    /** How much was read, from 0 to 1. */
    double progress();

    @Override
    void close() throws IOException;
}
