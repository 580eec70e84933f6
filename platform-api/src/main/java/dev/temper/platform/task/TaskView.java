package dev.temper.platform.task;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.platform.job.JobView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is shown.
 *
 * @param number its number in the tenant's addresses
 * @param data the dataset versions it learns from, as {@code [{version, dataset, name, number, rows, weight}]}; JSON
 * @param asked what was asked for, as the body that asks for it; JSON
 * @param predicted what it was said to take, a {@link Prediction}; JSON, null where nothing was
 * @param job how its run goes
 * @param origin the task it goes on from; null where it stands for itself
 */
public record TaskView(
        UUID id,
        long number,
        String name,
        String model,
        @JsonRawValue String data,
        @JsonRawValue String asked,
        @JsonRawValue @Nullable String predicted,
        JobView job,
        String createdBy,
        Instant createdAt,
        @Nullable Origin origin) {}
