package dev.temper.trainer.data;

import dev.temper.contract.CodedException;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Samples to train on and samples held out, both in the order of the file.
 *
 * @param train numbers of samples
 * @param held numbers of samples
 */
@SuppressWarnings("ArrayRecordComponent") // numbers by the million; nobody compares two splits
record Split(int[] train, int[] held) {
    /** @param valSize a share below 1, a number from 1 on, 0 for none */
    static Split of(int samples, double valSize, long seed) {
        int count = (int) (valSize < 1 ? Math.ceil(samples * valSize) : valSize);
        if (count >= samples && count > 0) {
            throw CodedException.user(
                    "data_split_too_large",
                    "Holding out " + count + " of " + samples + " samples leaves nothing to train on.",
                    "Lower val_size.");
        }
        int[] all = IntStream.range(0, samples).toArray();
        BitSet held = new BitSet(samples);
        int[] drawn = count == 0 ? all : new Shuffle(seed, "split", 0).of(all);
        for (int i = 0; i < count; i++) {
            held.set(drawn[i]);
        }
        return new Split(
                IntStream.of(all).filter(sample -> !held.get(sample)).toArray(),
                held.stream().toArray());
    }
}
