package dev.temper.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.trainer.model.Pass.Purpose;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassTest {
    /** Layers, micro-batches, steps, purposes and runs draw different numbers, and the same ones when asked again. */
    @Test
    void everyPlaceHasASeedOfItsOwn() {
        Set<Long> seeds = new HashSet<>();
        int places = 0;
        for (long run : new long[] {0, 1, 42}) {
            for (int step = 1; step <= 20; step++) {
                for (int micro = 0; micro < 4; micro++) {
                    for (int layer = 0; layer < 32; layer++) {
                        Pass pass = new Pass(run, step, micro, 1);
                        long seed = pass.seedOf(Purpose.DROPOUT, layer);
                        assertThat(seed).isNotNegative().isEqualTo(pass.seedOf(Purpose.DROPOUT, layer));
                        // A layer's projections take the seeds that follow.
                        for (int projection = 0; projection < 7; projection++) {
                            seeds.add(seed + projection);
                            places++;
                        }
                    }
                    seeds.add(new Pass(run, step, micro, 1).seedOf(Purpose.NOISE, 0));
                    places++;
                }
            }
        }
        assertThat(seeds).hasSize(places);
        assertThat(RunSeed.of(1, "a")).isNotEqualTo(RunSeed.of(1, "b")).isNotEqualTo(RunSeed.of(2, "a"));
    }
}
