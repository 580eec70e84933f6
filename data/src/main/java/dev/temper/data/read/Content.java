package dev.temper.data.read;

import dev.temper.data.row.Place;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The bytes of one thing to read, a file or an entry of an archive, wherever they are; opened as often as needed. */
interface Content extends Closeable {
    String file();

    /** The part of the file that this is; null for the whole. */
    @Nullable
    String within();

    /** From the first byte. Damage in what wraps the bytes is told as a coded failure, not as an I/O error. */
    InputStream open() throws IOException;

    /** A file with exactly these bytes, for readers that jump about; written aside where there is none yet. */
    Path path() throws IOException;

    /** How much of the bytes the stream opened last has passed, from 0 to 1. */
    double progress();

    default Place place(long line) {
        return new Place(file(), within(), line, null);
    }

    default Place place(String part, long line) {
        return new Place(file(), within() == null ? part : within() + " › " + part, line, null);
    }

    default byte[] head(int length) throws IOException {
        try (InputStream in = open()) {
            return in.readNBytes(length);
        }
    }
}
