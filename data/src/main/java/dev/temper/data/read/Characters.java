package dev.temper.data.read;

import dev.temper.data.row.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as characters. Bytes that are no characters become {@link #MALFORMED}, which no text contains, so that the record
 * they stand in can be reported and the rest of the file read.
 */
final class Characters {
    static final char MALFORMED = '\uFFFE';

    private Characters() {}

    static Reader open(Content content, Charset charset) throws IOException {
        InputStream in = content.open();
        try {
            PushbackInputStream bytes = new PushbackInputStream(in, 4);
            skipMark(bytes);
            return new InputStreamReader(
                    bytes,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE)
                            .replaceWith(String.valueOf(MALFORMED)));
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    static Charset named(String name, Place place) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw ReadCode.ENCODING_UNKNOWN.at(place, Map.of("encoding", name)).because(unknown);
        }
    }

    /** The encoding a byte order mark names; null where there is none. */
    static @Nullable Charset marked(byte[] head) {
        if (Bytes.startsWith(head, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (Bytes.startsWith(head, 0xff, 0xfe, 0, 0)) {
            return StandardCharsets.UTF_32LE;
        }
        if (Bytes.startsWith(head, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        if (Bytes.startsWith(head, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        return Bytes.startsWith(head, 0, 0, 0xfe, 0xff) ? StandardCharsets.UTF_32BE : null;
    }

    private static void skipMark(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(4);
        Charset charset = marked(head);
        int skipped;
        if (charset == null) {
            skipped = 0;
        } else if (charset.equals(StandardCharsets.UTF_8)) {
            skipped = 3;
        } else {
            skipped = charset.name().startsWith("UTF-32") ? 4 : 2;
        }
        in.unread(head, skipped, head.length - skipped);
    }
}
