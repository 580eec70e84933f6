package dev.temper.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
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

    /** A file with the bytes that stays for as long as they do; a copy where the store is elsewhere. */
    Path file(String key) throws IOException;
}
