package dev.temper.trainer.supervise;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is started with.
 *
 * @param authority who certifies the platform, as PEM; null: those whom this JVM trusts
 * @param token to enrol with; needed once
 * @param data its folder
 * @param simulate devices to pretend to have, in place of the machine's; null for the machine's
 * @param silence how long a run may say nothing
 * @param leastFreeDisk bytes; with less it takes no runs
 * @param cache bytes of models and datasets to keep
 * @param shared folders that every run may read
 */
public record WorkerOptions(
        URI platform,
        @Nullable Path authority,
        @Nullable String token,
        Path data,
        String name,
        Map<String, String> labels,
        @Nullable String simulate,
        Duration silence,
        long leastFreeDisk,
        long cache,
        List<Path> shared) {
    public WorkerOptions {
        labels = Map.copyOf(labels);
        shared = List.copyOf(shared);
    }
}
