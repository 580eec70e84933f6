package dev.temper.model.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Appends memory of any size to a file. */
final class FileSink implements TensorData.Sink {
    private static final long AT_ONCE = 64 << 20;

    private final FileChannel channel;
    private long written;

    FileSink(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(MemorySegment bytes) throws IOException {
        for (long from = 0; from < bytes.byteSize(); from += AT_ONCE) {
            write(bytes.asSlice(from, Math.min(AT_ONCE, bytes.byteSize() - from))
                    .asByteBuffer());
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        written += bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Fills up with zeros to a multiple of {@code alignment}. */
    void align(int alignment) throws IOException {
        write(ByteBuffer.allocate((int) ((alignment - written % alignment) % alignment)));
    }

    long written() {
        return written;
    }
}
