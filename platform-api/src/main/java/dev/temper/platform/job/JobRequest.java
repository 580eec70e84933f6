package dev.temper.platform.job;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.resource.DeviceKind;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants run, and on what.
 *
 * @param kind which kind of run, as in {@code train}; see {@link RunKind}
 * @param spec what is to be run, as JSON
 * @param pool the name of the pool its devices are to come from
 * @param devices how many, all on one node and all at once
 * @param deviceKind what they must be; null: the best that the pool has enough of
 * @param estimate how long it will take, roughly; plans are made by it, nothing is ended by it
 * @param priority 0 to 100; more comes first within the tenant's share
 * @param maxRetries how often a run that failed through no fault of its own is tried again
 */
public record JobRequest(
        String name,
        String kind,
        String spec,
        String pool,
        int devices,
        @Nullable DeviceKind deviceKind,
        Duration estimate,
        int priority,
        int maxRetries,
        @Nullable UUID taskId) {
    public static final int DEFAULT_PRIORITY = 50;
    public static final int DEFAULT_RETRIES = RetryPolicy.DEFAULT_RETRIES;
    private static final int MOST_DEVICES = 100_000;
    private static final long LONGEST = Duration.ofDays(366).toSeconds();

    public JobRequest {
        name = named(name);
        range("/devices", devices, 1, MOST_DEVICES);
        range("/estimateSeconds", estimate.toSeconds(), 1, LONGEST);
        range("/priority", priority, 0, 100);
        range("/maxRetries", maxRetries, 0, 100);
    }

    /** On the best devices that the pool has enough of. */
    public JobRequest(
            String name,
            String kind,
            String spec,
            String pool,
            int devices,
            Duration estimate,
            int priority,
            int maxRetries,
            @Nullable UUID taskId) {
        this(name, kind, spec, pool, devices, null, estimate, priority, maxRetries, taskId);
    }

    /** A name as it is kept; what can't be one is refused at its field. */
    public static String named(String typed) {
        String name = typed.strip();
        if (name.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/name");
        }
        if (name.codePointCount(0, name.length()) > 200) {
            throw ErrorCode.FIELD_TOO_LONG.at("/name").with("max", 200);
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw ErrorCode.FIELD_UNSTORABLE_TEXT.at("/name");
        }
        return name;
    }

    private static void range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at(field).with("min", min).with("max", max);
        }
    }
}
