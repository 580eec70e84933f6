package dev.temper.platform.scheduling;

import java.time.Duration;
import java.time.Instant;

/**
 * Device-seconds that count half after a week, a quarter after two: what was used long ago is forgiven.
 *
 * @param at when {@code deviceSeconds} was true
 */
public record DecayedUsage(double deviceSeconds, Instant at) {
    public static final Duration HALF_LIFE = Duration.ofDays(7);

    /** What is left of it at a later moment. */
    public double at(Instant now) {
        return deviceSeconds * left(seconds(at, now));
    }

    /**
     * With {@code devices} held from {@link #at} to {@code now} added. The use decays while it goes on, so the sum is the
     * same whether it is taken each second or once a day.
     */
    public DecayedUsage plus(double devices, Instant now) {
        double span = seconds(at, now);
        double rate = Math.log(2) / HALF_LIFE.toSeconds();
        return new DecayedUsage(deviceSeconds * left(span) + devices * (1 - left(span)) / rate, now);
    }

    private static double left(double seconds) {
        return Math.pow(0.5, seconds / HALF_LIFE.toSeconds());
    }

    /** A clock that was set back takes nothing away. */
    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
