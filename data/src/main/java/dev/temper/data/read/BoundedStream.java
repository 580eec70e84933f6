package dev.temper.data.read;

import dev.temper.data.row.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is unpacked on the way, up to a bound: a small file that swells to fill a disk is refused, and damage in it is told
 * as such.
 */
final class BoundedStream extends InputStream {
    /** Opens what unpacks; its header may be damaged already. */
    interface Opening {
        InputStream open() throws IOException;
    }

    private final Opening opening;
    private final long limit;
    private final Place place;
    private @Nullable InputStream in;
    private long passed;

    BoundedStream(Opening opening, long limit, Place place) {
        this.opening = opening;
        this.limit = limit;
        this.place = place;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int count;
        try {
            InputStream from = in;
            if (from == null) {
                from = opening.open();
                in = from;
            }
            count = from.read(target, offset, length);
        } catch (IOException | IllegalArgumentException broken) {
            throw ReadCode.FILE_BROKEN
                    .at(place, Map.of("reason", Reasons.of(broken)))
                    .because(broken);
        }
        passed += Math.max(0, count);
        if (passed > limit) {
            throw ReadCode.UNPACKED_TOO_LARGE.at(place, Map.of("limit", limit));
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
