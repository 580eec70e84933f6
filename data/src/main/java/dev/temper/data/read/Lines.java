package dev.temper.data.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/** Lines of a file in bounded memory: of a line that is too long only the beginning is kept. */
final class Lines implements Closeable {
    private final Reader in;
    private final int limit;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder line = new StringBuilder();
    private int at;
    private int filled;
    private long number;
    private boolean tooLong;
    private boolean ended;

    Lines(Reader in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        line.setLength(0);
        tooLong = false;
        boolean any = false;
        while (!ended) {
            if (at == filled) {
                filled = in.read(buffer, 0, buffer.length);
                at = 0;
                if (filled < 0) {
                    ended = true;
                    break;
                }
            }
            any |= filled > 0;
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            keep(end);
            boolean whole = end < filled;
            at = whole ? end + 1 : end;
            if (whole) {
                number++;
                return true;
            }
        }
        if (any) {
            number++;
        }
        return any;
    }

    private void keep(int end) {
        int room = limit - line.length();
        if (end - at > room) {
            tooLong = true;
        }
        line.append(buffer, at, Math.max(0, Math.min(end - at, room)));
    }

    /** The line without its end. */
    String text() {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
