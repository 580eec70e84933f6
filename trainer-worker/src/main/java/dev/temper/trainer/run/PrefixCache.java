package dev.temper.trainer.run;

import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.data.MicroBatch;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.data.TokenStore;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What the frozen layers at the bottom make of each sample, kept on disk for all epochs. Each sample is run alone, so
 * that what is kept does not depend on the batch it first came in, and a run that goes on after a crash makes the same.
 */
final class PrefixCache implements AutoCloseable {
    private final Decoder decoder;
    private final TokenStore store;
    private final Path file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment kept;
    private final long bytesPerToken;
    private final BitSet known = new BitSet();

    /** @param folder for one file of as many rows as there are tokens; it is gone when the cache is closed */
    PrefixCache(Decoder decoder, TokenStore store, Path folder) {
        this.decoder = decoder;
        this.store = store;
        this.file = folder.resolve("prefix.bin");
        this.bytesPerToken = bytesPerToken(decoder);
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            kept = channel.map(FileChannel.MapMode.READ_WRITE, 0, store.tokens() * bytesPerToken, arena);
        } catch (IOException e) {
            arena.close();
            throw DiskFailure.writing(file, e);
        }
    }

    /** Whether there is room for it with as much to spare. */
    static boolean fits(Decoder decoder, TokenStore store, Path folder) {
        try {
            return store.tokens() * bytesPerToken(decoder)
                    < Files.getFileStore(folder).getUsableSpace() / 2;
        } catch (IOException _) {
            return false;
        }
    }

    private static long bytesPerToken(Decoder decoder) {
        return (long) decoder.config().hidden() * decoder.precision().bytes();
    }

    /** The rows of a micro-batch, [tokens, hidden]; to be closed by the caller. */
    Tensor of(MicroBatch batch) {
        PackedBatch tokens = batch.tokens();
        try (Arena local = Arena.ofConfined()) {
            MemorySegment rows = local.allocate(tokens.tokens().length * bytesPerToken, 64);
            for (int i = 0; i < batch.samples().length; i++) {
                int sample = batch.samples()[i];
                int from = tokens.segmentStarts()[i];
                int to = tokens.segmentStarts()[i + 1];
                MemorySegment place = kept.asSlice(store.offset(sample) * bytesPerToken, (to - from) * bytesPerToken);
                if (!known.get(sample)) {
                    compute(Arrays.copyOfRange(tokens.tokens(), from, to), place);
                    known.set(sample);
                }
                MemorySegment.copy(place, 0, rows, from * bytesPerToken, place.byteSize());
            }
            return decoder.kernels()
                    .copyOf(
                            rows,
                            decoder.precision(),
                            tokens.tokens().length,
                            decoder.config().hidden());
        }
    }

    private void compute(int[] ids, MemorySegment place) {
        int[] unlearned = new int[ids.length];
        Arrays.fill(unlearned, PackedBatch.IGNORED);
        try (Tensor prefix = decoder.frozenPrefix(PackedBatch.of(ids, unlearned))) {
            place.copyFrom(prefix.memory());
        }
    }

    @Override
    public void close() {
        arena.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
