package dev.temper.platform.blob;

import dev.temper.platform.common.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** No more than so many bytes of what somebody sends; it breaks off with a failure that is theirs, not ours. */
final class BoundedInput extends FilterInputStream {
    private long left;

    BoundedInput(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() {
        try {
            int one = left == 0 ? -1 : in.read();
            left -= one < 0 ? 0 : 1;
            return one;
        } catch (IOException broken) {
            throw ErrorCode.BODY_INTERRUPTED.problem().because(broken);
        }
    }

    @Override
    public int read(byte[] into, int from, int length) {
        try {
            int some = left == 0 ? -1 : in.read(into, from, (int) Math.min(length, left));
            left -= Math.max(0, some);
            return some;
        } catch (IOException broken) {
            throw ErrorCode.BODY_INTERRUPTED.problem().because(broken);
        }
    }
}
