package dev.temper.data.read;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One format's way through one content. */
interface FormatReader extends Closeable {
    /** The next item; null at the end. */
    @Nullable
    Item next() throws IOException;

    /** How much has been read, from 0 to 1, where the reader knows better than the bytes that passed; else negative. */
    default double progress() {
        return -1;
    }
}
