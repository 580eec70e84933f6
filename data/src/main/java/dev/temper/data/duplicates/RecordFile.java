package dev.temper.data.duplicates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Records of one size in a mapped file, by number. The file grows by chunks, each mapped once. */
final class RecordFile implements AutoCloseable {
    private static final int CHUNK = 1 << 14;

    private final Path file;
    private final int size;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> chunks = new ArrayList<>();

    RecordFile(Path file, int size) {
        this.file = file;
        this.size = size;
        try {
            long bytes = Files.exists(file) ? Files.size(file) : 0;
            while ((long) chunks.size() * CHUNK * size < bytes) {
                chunks.add(map(chunks.size()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a record, made with zeros if it lies beyond the end. */
    MemorySegment record(int number) {
        int chunk = number / CHUNK;
        while (chunk >= chunks.size()) {
            chunks.add(map(chunks.size()));
        }
        return chunks.get(chunk).asSlice((long) (number % CHUNK) * size, size);
    }

    private MemorySegment map(int chunk) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long bytes = (long) CHUNK * size;
            return channel.map(FileChannel.MapMode.READ_WRITE, chunk * bytes, bytes, arena);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void force() {
        chunks.forEach(MemorySegment::force);
    }

    @Override
    public void close() {
        arena.close();
    }
}
