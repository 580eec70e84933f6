package dev.temper.platform.task;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.temper.platform.job.JobView;
import java.time.Instant;
import java.util.UUID;

/**
 * A task as it is shown.
 *
 * @param number its number in the tenant's addresses
 * @param data the dataset versions it learns from, as {@code [{version, dataset, name, number, rows, weight}]}; JSON
 * @param job how its run goes
 */
public record TaskView(
        UUID id,
        long number,
        String name,
        String model,
        @JsonRawValue String data,
        JobView job,
        String createdBy,
        Instant createdAt) {}
