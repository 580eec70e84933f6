package dev.temper.data.duplicates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.IntPredicate;

/**
 * A hash table in a mapped file, from a 32-bit tag to the numbers of the rows that have it; many rows may share one.
 * Open addressing; a slot is {@code tag << 32 | number + 1}, 0 is empty. It doubles, written aside and renamed, when it
 * is more than half full, so that no crash leaves a half one. Nothing is ever removed: what reads it must verify.
 */
final class TagTable implements AutoCloseable {
    private static final ValueLayout.OfLong SLOT = ValueLayout.JAVA_LONG;
    private static final int SMALLEST = 1 << 14;
    /** A tag that so many rows share tells little; the first ones must do. */
    private static final int MOST_PER_TAG = 64;

    private final Path file;
    private Arena arena;
    private MemorySegment slots;
    private long capacity;
    private long used;

    TagTable(Path file) {
        this.file = file;
        try {
            boolean there = Files.exists(file);
            long bytes = there ? Files.size(file) : (long) SMALLEST * SLOT.byteSize();
            this.arena = Arena.ofShared();
            this.slots = map(file, bytes, arena);
            this.capacity = bytes / SLOT.byteSize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (long i = 0; i < capacity; i++) {
            used += slot(i) == 0 ? 0 : 1;
        }
    }

    /** Whether any row under the tag meets the condition. */
    boolean any(int tag, IntPredicate row) {
        int seen = 0;
        for (long at = home(tag, capacity); slot(at) != 0 && seen < MOST_PER_TAG; at = (at + 1) & (capacity - 1)) {
            if ((int) (slot(at) >>> 32) == tag) {
                seen++;
                if (row.test((int) slot(at) - 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    void add(int tag, int row) {
        if (++used > capacity / 2) {
            grow();
        }
        insert(slots, capacity, ((long) tag << 32) | ((row + 1) & 0xFFFFFFFFL));
    }

    private long slot(long at) {
        return slots.getAtIndex(SLOT, at);
    }

    private static void insert(MemorySegment slots, long capacity, long slot) {
        long at = home((int) (slot >>> 32), capacity);
        while (slots.getAtIndex(SLOT, at) != 0) {
            at = (at + 1) & (capacity - 1);
        }
        slots.setAtIndex(SLOT, at, slot);
    }

    /** Tags that lie close to each other spread over the whole table. */
    private static long home(int tag, long capacity) {
        return (((tag & 0xFFFFFFFFL) * 0x9E3779B97F4A7C15L) >>> 20) & (capacity - 1);
    }

    private void grow() {
        Path aside = file.resolveSibling(file.getFileName() + ".grown");
        Arena larger = Arena.ofShared();
        try {
            Files.deleteIfExists(aside);
            MemorySegment grown = map(aside, capacity * 2 * SLOT.byteSize(), larger);
            for (long i = 0; i < capacity; i++) {
                if (slot(i) != 0) {
                    insert(grown, capacity * 2, slot(i));
                }
            }
            grown.force();
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            arena.close();
            arena = larger;
            slots = grown;
            capacity *= 2;
        } catch (IOException e) {
            larger.close();
            throw new UncheckedIOException(e);
        }
    }

    void force() {
        slots.force();
    }

    private static MemorySegment map(Path file, long bytes, Arena arena) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
