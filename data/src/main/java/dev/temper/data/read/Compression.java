package dev.temper.data.read;

import java.util.Locale;

/** How a file as a whole is packed. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Compression of(byte[] head) {
        if (Bytes.startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        return Bytes.startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) ? ZSTD : NONE;
    }
}
