package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.dataset.VersionStatistics.Bucket;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Quantiles from counts are those of the rows themselves. */
class LengthsTest {
    @Test
    void everyPercentileIsTheLengthOfARowThatSoManyDoNotExceed() {
        Random random = new Random(11);
        for (int rows = 1; rows < 400; rows++) {
            long[] sorted =
                    random.longs(rows, 0, 1 + random.nextInt(60)).sorted().toArray();
            Lengths lengths = of(sorted);
            for (int percent : List.of(1, 5, 50, 95, 99)) {
                long value = lengths.percentile(percent);
                long upTo = LongStream.of(sorted).filter(one -> one <= value).count();
                long below = LongStream.of(sorted).filter(one -> one < value).count();
                assertThat(upTo * 100).isGreaterThanOrEqualTo((long) rows * percent);
                assertThat(below * 100).isLessThan((long) rows * percent);
            }
            assertThat(lengths.characters()).isEqualTo(LongStream.of(sorted).sum());
            assertThat(lengths.most()).isEqualTo(sorted[rows - 1]);
        }
    }

    @Test
    void bucketsDoubleAndNothingHasNone() {
        assertThat(of(new long[] {0, 1, 2, 3, 4, 4}).buckets())
                .containsExactly(new Bucket(0, 1, 1), new Bucket(1, 2, 1), new Bucket(2, 4, 2), new Bucket(4, 8, 2));
        assertThat(of(new long[0]).percentiles()).isEmpty();
        assertThat(of(new long[0]).percentile(50)).isZero();
    }

    private static Lengths of(long[] characters) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        LongStream.of(characters).forEach(one -> counts.merge(one, 1L, Long::sum));
        return Lengths.of(counts.entrySet().stream()
                .map(count -> new Lengths.Count(count.getKey(), count.getValue()))
                .toList());
    }
}
