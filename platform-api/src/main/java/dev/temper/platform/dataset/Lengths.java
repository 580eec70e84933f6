package dev.temper.platform.dataset;

import dev.temper.platform.dataset.VersionStatistics.Bucket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows are how long. Every quantile follows from it exactly, and it is as large as lengths differ, where quantiles
 * in a query keep each row's length in memory.
 *
 * @param ascending from the shortest
 */
record Lengths(List<Count> ascending, long rows) {
    private static final List<Integer> PERCENTILES = List.of(1, 5, 25, 50, 75, 95, 99);

    /** Rows of one length. */
    record Count(long characters, long rows) {}

    static Lengths of(List<Count> ascending) {
        return new Lengths(ascending, ascending.stream().mapToLong(Count::rows).sum());
    }

    long most() {
        return ascending.isEmpty() ? 0 : ascending.getLast().characters();
    }

    long characters() {
        return ascending.stream()
                .mapToLong(count -> count.characters() * count.rows())
                .sum();
    }

    /** The length that so many rows of a hundred do not exceed; 0 where there is none. */
    long percentile(int percent) {
        long wanted = Math.max(1, Math.ceilDiv(rows * percent, 100L));
        long passed = 0;
        for (Count count : ascending) {
            passed += count.rows();
            if (passed >= wanted) {
                return count.characters();
            }
        }
        return 0;
    }

    Map<String, Long> percentiles() {
        Map<String, Long> percentiles = new LinkedHashMap<>();
        if (rows > 0) {
            PERCENTILES.forEach(percent -> percentiles.put(String.valueOf(percent), percentile(percent)));
        }
        return percentiles;
    }

    /** Rows of about the same length, by the binary digits of it. */
    List<Bucket> buckets() {
        Map<Integer, Long> byDigits = new LinkedHashMap<>();
        ascending.forEach(count ->
                byDigits.merge(Long.SIZE - Long.numberOfLeadingZeros(count.characters()), count.rows(), Long::sum));
        List<Bucket> buckets = new ArrayList<>();
        byDigits.forEach((digits, rows) -> buckets.add(Bucket.ofPower(digits, rows)));
        return buckets;
    }
}
