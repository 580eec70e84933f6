package dev.temper.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where bytes lie under a key such as {@code 0190…/ab/ab12…}. What is put is there whole or not at all, also after a crash,
 * and is never changed. Keys consist of lower-case letters, digits, {@code -} and {@code /}.
 */
interface BlobStore {
    /** Puts a file of this machine there; the file may be moved or copied. Putting what is there already is fine. */
    void put(String key, Path file) throws IOException;

    /**
     * The bytes from an offset to the end.
     *
     * @throws java.nio.file.NoSuchFileException if there are none
     */
    InputStream open(String key, long from) throws IOException;

    /** Removes them; nothing happens where there are none. */
    void delete(String key) throws IOException;

    /** All keys that begin so, in order. */
    List<String> keys(String prefix) throws IOException;

    /** A file with the bytes; where the store is elsewhere a copy, which is there for hours after it was last asked for. */
    Path file(String key) throws IOException;

    /** Removes what was begun before that and came to nothing, because whoever began it died. */
    default void forget(Instant before) throws IOException {}

    /** Refuses what is no key. */
    static void check(String key) {
        if (!key.matches("[a-z0-9/-]+")) {
            throw new IllegalArgumentException("the key " + key);
        }
    }
}
