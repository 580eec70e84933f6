package dev.temper.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.BatchSpec;
import dev.temper.contract.CodedException;
import dev.temper.contract.Mixing;
import dev.temper.contract.ScheduleSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Split, mixture, order of epochs and steps: each a function of the seed. */
class OrderTest {
    private static final int[] HUNDRED = IntStream.range(0, 100).toArray();

    @Test
    void anEpochHoldsEverySampleOnceInItsOwnOrder() {
        EpochOrder order = new EpochOrder(HUNDRED, true, 0, _ -> 1, 7);

        int[] first = order.slice(0, 0, 100);
        int[] second = order.slice(1, 0, 100);

        assertThat(first).containsExactlyInAnyOrder(HUNDRED).isNotEqualTo(HUNDRED);
        assertThat(second).containsExactlyInAnyOrder(HUNDRED).isNotEqualTo(first);
        assertThat(new EpochOrder(HUNDRED, true, 0, _ -> 1, 7).slice(1, 0, 100)).isEqualTo(second);
        assertThat(new EpochOrder(HUNDRED, true, 0, _ -> 1, 8).slice(1, 0, 100)).isNotEqualTo(second);
    }

    @Test
    void aShuffleFavoursNoPlace() {
        int[] lands = new int[5];
        for (int seed = 0; seed < 5000; seed++) {
            int[] shuffled = new Shuffle(seed, "test", 0).of(new int[] {0, 1, 2, 3, 4});
            lands[
                    IntStream.range(0, 5)
                            .filter(i -> shuffled[i] == 0)
                            .findFirst()
                            .orElseThrow()]++;
        }
        assertThat(IntStream.of(lands).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(880, 1120));
    }

    @Test
    void withoutShufflingTheOrderIsTheFiles() {
        assertThat(new EpochOrder(HUNDRED, false, 0, _ -> 1, 7).slice(3, 10, 20))
                .isEqualTo(Arrays.copyOfRange(HUNDRED, 10, 20));
    }

    @Test
    void groupedByLengthAStepHasSamplesOfLikeLength() {
        int[] thousand = IntStream.range(0, 1000).toArray();
        EpochOrder order = new EpochOrder(thousand, true, 4, sample -> sample, 7);

        int spread = 0;
        for (int step = 0; step < 50; step++) {
            int[] samples = order.slice(0, step * 4, step * 4 + 4);
            spread = Math.max(spread, samples[0] - samples[3]);
        }

        assertThat(order.slice(0, 0, 1000)).containsExactlyInAnyOrder(thousand);
        assertThat(spread).isLessThan(100);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 2, 2, 3, 0, 9, 3", // 4 + 4 + 2 samples, three times
        "10, 2, 2, 1.5, 0, 5, 3",
        "10, 4, 4, 0.1, 0, 1, 1",
        "1, 8, 8, 2, 0, 2, 1",
        "10, 2, 1, 3, 7, 7, 5"
    })
    void countsStepsAsTransformersDoes(
            int samples, int batch, int accumulation, double epochs, int maxSteps, int total, int perEpoch) {
        StepPlan plan = plan(samples, batch, accumulation, epochs, maxSteps);

        assertThat(plan.totalSteps()).isEqualTo(total);
        assertThat(plan.stepsPerEpoch()).isEqualTo(perEpoch);
    }

    @Test
    void theStepsOfAnEpochCoverItOnceAndTheLastIsShort() {
        StepPlan plan = plan(10, 2, 2, 2, 0);

        Set<Integer> seen = new HashSet<>();
        for (int step = 4; step <= 6; step++) {
            StepPlan.Slice slice = plan.slice(step);
            assertThat(slice.epoch()).isEqualTo(1);
            for (int i = slice.from(); i < slice.to(); i++) {
                assertThat(seen.add(i)).isTrue();
            }
        }
        assertThat(seen).hasSize(10);
        assertThat(plan.slice(6)).isEqualTo(new StepPlan.Slice(1, 8, 10));
        assertThat(plan.epochs(4)).isEqualTo(1.4);
        assertThat(plan.epochs(6)).isEqualTo(2);
        assertThat(plan.endsEpoch(6)).isTrue();
        assertThat(plan.endsEpoch(5)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.1, 10", "0.101, 11", "7, 7"})
    void holdsOutAShareOrANumber(double valSize, int held) {
        Split split = Split.of(100, valSize, 3);

        assertThat(split.held()).hasSize(held).isSorted();
        assertThat(IntStream.concat(IntStream.of(split.train()), IntStream.of(split.held()))
                        .sorted()
                        .toArray())
                .isEqualTo(HUNDRED);
        assertThat(Split.of(100, valSize, 3).held()).isEqualTo(split.held());
    }

    @Test
    void refusesToHoldOutEverything() {
        assertThatThrownBy(() -> Split.of(5, 5, 1)).isInstanceOf(CodedException.class);
    }

    @Test
    void interleavesByWeight() {
        int[] thousand = IntStream.range(0, 1000).toArray();

        int[] mixed = Mixture.of(thousand, sample -> sample / 500, new double[] {1, 3}, Mixing.INTERLEAVE_UNDER, 5);

        assertThat(mixed).doesNotHaveDuplicates();
        assertThat(IntStream.of(mixed).filter(sample -> sample >= 500).count()).isEqualTo(500);
        assertThat(IntStream.of(mixed).filter(sample -> sample < 500).count()).isBetween(120L, 215L);
    }

    @Test
    void equalWeightsTakeTurns() {
        assertThat(Mixture.of(
                        new int[] {0, 1, 2, 3, 4},
                        sample -> sample < 2 ? 0 : 1,
                        new double[] {1, 1},
                        Mixing.INTERLEAVE_OVER,
                        5))
                .containsExactly(0, 2, 1, 3, 0, 4);
        assertThat(Mixture.of(
                        new int[] {0, 1, 2, 3, 4},
                        sample -> sample < 2 ? 0 : 1,
                        new double[] {1, 1},
                        Mixing.INTERLEAVE_UNDER,
                        5))
                .containsExactly(0, 2, 1);
        assertThat(Mixture.of(
                        new int[] {0, 1, 2, 3, 4}, sample -> sample < 2 ? 0 : 1, new double[] {1, 9}, Mixing.CONCAT, 5))
                .containsExactly(0, 1, 2, 3, 4);
    }

    private static StepPlan plan(int samples, int batch, int accumulation, double epochs, int maxSteps) {
        return StepPlan.of(
                samples,
                new BatchSpec(batch, 1, accumulation, 0),
                new ScheduleSpec(ScheduleSpec.Kind.LINEAR, epochs, maxSteps, 0, 0, Map.of()));
    }
}
