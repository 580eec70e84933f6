package dev.temper.contract.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends with a failure once nothing has come for a while: a connection that was cut silently would be read without end. */
public final class FlowingStream extends FilterInputStream {
    private final long patience;
    private final Thread watcher;
    private volatile long last = System.nanoTime();
    private volatile boolean stalled;

    /** @param patience how long nothing may come */
    public FlowingStream(InputStream in, Duration patience) {
        super(in);
        this.patience = patience.toNanos();
        this.watcher = Thread.ofVirtual().name("flow").start(this::watch);
    }

    private void watch() {
        try {
            for (long left = patience; left > 0; left = last + patience - System.nanoTime()) {
                Thread.sleep(Duration.ofNanos(left));
            }
            stalled = true;
            in.close();
        } catch (InterruptedException | IOException _) {
            // Closed by who reads it.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        last = System.nanoTime();
        int count = super.read(bytes, offset, length);
        last = System.nanoTime();
        if (stalled) {
            throw new IOException(
                    "Nothing has come for " + Duration.ofNanos(patience).toSeconds() + " s");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        watcher.interrupt();
        super.close();
    }
}
