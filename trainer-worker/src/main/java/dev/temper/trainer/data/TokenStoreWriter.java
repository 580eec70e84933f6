package dev.temper.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes samples one after the other; nothing but a buffer is held in memory. */
final class TokenStoreWriter implements AutoCloseable {
    /** Set in a token that is learned. */
    static final int LEARNED = 1 << 31;

    /** Bytes of an index entry: where it starts, its length, how much is learned, its source, its row. */
    static final int ENTRY = Long.BYTES + 3 * Integer.BYTES + Long.BYTES;

    private final Path folder;
    private final FileChannel tokens;
    private final FileChannel index;
    private final ByteBuffer tokenBuffer = buffer();
    private final ByteBuffer indexBuffer = buffer();
    private long written;

    TokenStoreWriter(Path folder) {
        this.folder = folder;
        this.tokens = create(folder.resolve(TokenStore.TOKENS));
        this.index = create(folder.resolve(TokenStore.INDEX));
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FileChannel create(Path file) {
        try {
            return FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }

    /** @param labels the ids themselves where learned, anything below zero elsewhere */
    void write(int[] ids, int[] labels, int source, long row) {
        try {
            int learned = 0;
            for (int i = 0; i < ids.length; i++) {
                boolean learns = labels[i] >= 0;
                learned += learns ? 1 : 0;
                room(tokenBuffer, tokens, Integer.BYTES).putInt(learns ? ids[i] | LEARNED : ids[i]);
            }
            room(indexBuffer, index, ENTRY)
                    .putLong(written)
                    .putInt(ids.length)
                    .putInt(learned)
                    .putInt(source)
                    .putLong(row);
            written += ids.length;
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    private static ByteBuffer room(ByteBuffer buffer, FileChannel to, int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush(buffer, to);
        }
        return buffer;
    }

    private static void flush(ByteBuffer buffer, FileChannel to) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() {
        try (tokens;
                index) {
            flush(tokenBuffer, tokens);
            flush(indexBuffer, index);
            tokens.force(true);
            index.force(true);
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }
}
