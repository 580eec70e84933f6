package dev.temper.data.learn;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How many tokens each row takes, in the rows' order, in a few bytes a row: the number of its lengths and those, or 0 and
 * the number of a {@link Loss}; all of them as base-128 numbers, the low digits first.
 */
public final class TokenLengths {
    private TokenLengths() {}

    /** Takes the rows one by one. */
    public static final class Writer implements AutoCloseable {
        private final OutputStream out;

        public Writer(Path file) throws IOException {
            this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        }

        public void add(EncodedRow row) {
            try {
                switch (row) {
                    case EncodedRow.Turns turns -> {
                        int[] lengths = turns.lengths();
                        number(lengths.length);
                        for (int length : lengths) {
                            number(length);
                        }
                    }
                    case EncodedRow.Unfit unfit -> {
                        number(0);
                        number(unfit.loss().number());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void number(int value) throws IOException {
            int rest = value;
            while (rest >= 0x80) {
                out.write((rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            out.write(rest);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Takes what is read; one array serves all rows. */
    public interface Visitor {
        /**
         * @param row from 1
         * @return whether to go on
         */
        boolean lengths(long row, int[] lengths);

        /** A row that has no tokens; whether to go on. */
        boolean loss(long row, Loss loss);
    }

    /** Every row from the first. */
    public static void each(Path file, Visitor visitor) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int[] same = {};
            long row = 1;
            boolean more = true;
            for (int count = number(in); more && count >= 0; count = more ? number(in) : -1) {
                if (count == 0) {
                    more = visitor.loss(row, Loss.of(number(in)));
                } else {
                    same = same.length == count ? same : Arrays.copyOf(same, count);
                    for (int i = 0; i < count; i++) {
                        same[i] = number(in);
                    }
                    more = visitor.lengths(row, same);
                }
                row++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** -1 at the end. */
    private static int number(InputStream in) throws IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int digit = in.read();
            if (digit < 0) {
                if (shift == 0) {
                    return -1;
                }
                throw new EOFException("a file of token lengths ends within a number");
            }
            value |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return value;
            }
        }
    }
}
