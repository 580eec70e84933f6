package dev.temper.trainer.data;

import dev.temper.contract.CodedException;
import dev.temper.text.template.Sample;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Samples as tokens in mapped files: any number of them, none in the heap. */
public final class TokenStore implements AutoCloseable {
    static final String TOKENS = "tokens.bin";
    static final String INDEX = "index.bin";

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment tokens;
    private final MemorySegment index;
    private final int size;

    private TokenStore(Path folder) {
        tokens = map(folder.resolve(TOKENS));
        index = map(folder.resolve(INDEX));
        size = Math.toIntExact(index.byteSize() / TokenStoreWriter.ENTRY);
    }

    static TokenStore open(Path folder) {
        return new TokenStore(folder);
    }

    private MemorySegment map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            arena.close();
            throw CodedException.internal(
                            "data_store_unreadable",
                            "The prepared data " + file + " can't be read: " + e.getMessage(),
                            "Delete the folder and start again.")
                    .because(e);
        }
    }

    public int size() {
        return size;
    }

    /** Tokens of all samples. */
    public long tokens() {
        return tokens.byteSize() / Integer.BYTES;
    }

    /** How many tokens lie before a sample's. */
    public long offset(int sample) {
        return index.get(LONG, entry(sample));
    }

    /** Tokens of a sample. */
    public int length(int sample) {
        return index.get(INT, entry(sample) + 8);
    }

    /** Labels of a sample, counted before they are shifted. */
    public int supervised(int sample) {
        return index.get(INT, entry(sample) + 12);
    }

    /** Which source it is from, by its number in the spec. */
    public int source(int sample) {
        return index.get(INT, entry(sample) + 16);
    }

    /** The row in that source, from 1; of joined text the row it begins in. */
    public long row(int sample) {
        return index.get(LONG, entry(sample) + 20);
    }

    public Sample sample(int sample) {
        int[] ids = new int[length(sample)];
        int[] labels = new int[ids.length];
        long at = offset(sample) * Integer.BYTES;
        for (int i = 0; i < ids.length; i++) {
            int token = tokens.get(INT, at + (long) i * Integer.BYTES);
            ids[i] = token & ~TokenStoreWriter.LEARNED;
            labels[i] = token < 0 ? ids[i] : Sample.IGNORED;
        }
        return new Sample(ids, labels, Sample.Cut.NOTHING);
    }

    private long entry(int sample) {
        return (long) sample * TokenStoreWriter.ENTRY;
    }

    @Override
    public void close() {
        arena.close();
    }
}
