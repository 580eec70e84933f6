package dev.temper.trainer.supervise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes cut into lines, each with the line feed it ends in; the last one may lack it. */
final class Lines {
    private Lines() {}

    static List<byte[]> of(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= bytes.length; end++) {
            if (end == bytes.length || bytes[end - 1] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, start, end));
                start = end;
            }
        }
        return lines;
    }
}
