package dev.temper.platform.dataset;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast an import reads, on average since it began.
 *
 * @param secondsLeft if the rest of the file is like what was read
 */
record ImportPace(@Nullable Double rowsPerSecond, @Nullable Long secondsLeft) {
    static final ImportPace UNKNOWN = new ImportPace(null, null);

    static ImportPace of(long rows, double part, Duration running) {
        double seconds = running.toMillis() / 1000.0;
        if (rows == 0 || part <= 0 || seconds <= 0) {
            return UNKNOWN;
        }
        return new ImportPace(rows / seconds, (long) Math.ceil(seconds * (1 - part) / part));
    }
}
