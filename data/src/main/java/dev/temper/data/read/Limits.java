package dev.temper.data.read;

/**
 * What one file may ask for, so that a hostile one costs an error and not the server.
 *
 * @param recordCharacters the longest record that is read; a longer one is reported
 * @param columns the most columns of a table
 * @param unpackedBytes the most that a compressed file or an archive may unpack to
 * @param unpackedRatio how many times its packed size it may unpack to, beyond the first 64 MiB
 * @param entries the most files in an archive
 * @param documentBytes the largest document that must be held whole to be read (HTML, a sheet's table of texts)
 */
public record Limits(
        int recordCharacters, int columns, long unpackedBytes, int unpackedRatio, int entries, long documentBytes) {
    public static final Limits DEFAULT = new Limits(8 << 20, 4_096, 200L << 30, 200, 10_000, 64L << 20);

    private static final long ALWAYS_ALLOWED = 64L << 20;

    /** Most bytes that something of this packed size may become. */
    long unpacked(long packed) {
        return Math.min(unpackedBytes, Math.max(ALWAYS_ALLOWED, packed * unpackedRatio));
    }
}
