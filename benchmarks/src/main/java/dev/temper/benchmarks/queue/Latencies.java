package dev.temper.benchmarks.queue;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** How long each of many calls took. */
final class Latencies {
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    <T> T time(Supplier<T> call) {
        long begin = System.nanoTime();
        try {
            return call.get();
        } finally {
            nanos.add(System.nanoTime() - begin);
        }
    }

    void took(long time) {
        nanos.add(time);
    }

    int count() {
        return nanos.size();
    }

    /** In milliseconds. */
    double quantile(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    void forget() {
        nanos.clear();
    }
}
