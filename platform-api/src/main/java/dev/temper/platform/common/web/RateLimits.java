package dev.temper.platform.common.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.RateLimitSettings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Counts requests, one bucket a caller, and tells each how much is left (IETF RateLimit header fields). */
@Component
class RateLimits {
    private static final int MAX_CALLERS = 100_000;

    private final RateLimitSettings settings;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    RateLimits(RateLimitSettings settings, Clock clock) {
        this.settings = settings;
        this.time = new ClockTime(clock);
        // A bucket nobody has used for a window is full again, so it can be forgotten.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(settings.window().multipliedBy(2))
                .build();
    }

    /** Counts one request of a caller and says so in the answer; the request ends here if it is one too many. */
    void count(String policy, int requests, String caller, HttpServletResponse response) {
        Bucket bucket = buckets.get(policy + ' ' + caller, _ -> bucket(requests));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        long reset = seconds(probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill());
        response.setHeader("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(policy, requests, window().toSeconds()));
        response.setHeader("RateLimit", "\"%s\";r=%d;t=%d".formatted(policy, probe.getRemainingTokens(), reset));
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofSeconds(Math.max(1, reset));
            throw ErrorCode.RATE_LIMITED
                    .with("limit", requests)
                    .with("window", window())
                    .with("wait", wait)
                    .retryAfter(wait);
        }
    }

    private Duration window() {
        return settings.window();
    }

    private Bucket bucket(int requests) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, window()))
                .withCustomTimePrecision(time)
                .build();
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    /** The platform's clock, as bucket4j reads one. */
    private record ClockTime(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
