package dev.temper.benchmarks;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** How long each of many calls took. */
public final class Latencies {
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    public <T> T time(Supplier<T> call) {
        long begin = System.nanoTime();
        try {
            return call.get();
        } finally {
            nanos.add(System.nanoTime() - begin);
        }
    }

    public void took(long time) {
        nanos.add(time);
    }

    public int count() {
        return nanos.size();
    }

    /** In milliseconds. */
    public double quantile(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    public void forget() {
        nanos.clear();
    }
}
