package dev.temper.platform.task;

import dev.temper.platform.common.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What somebody wants trained.
 *
 * @param model the base model, by name
 * @param data what it learns from, in order
 * @param settings the rest of a run spec, as JSON; what it leaves out has its default
 * @param pool where, by name
 * @param devices how many, all on one node
 * @param estimate how long it will take, roughly
 */
public record TaskRequest(
        String name,
        String model,
        List<Ingredient> data,
        String settings,
        String pool,
        int devices,
        Duration estimate,
        int priority) {
    private static final int MOST_VERSIONS = 100;

    public TaskRequest {
        data = List.copyOf(data);
        if (data.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/data");
        }
        if (data.size() > MOST_VERSIONS) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/data").with("min", 1).with("max", MOST_VERSIONS);
        }
    }

    /**
     * A dataset version and how much of it is drawn.
     *
     * @param weight its share against the others', where sources are interleaved
     */
    public record Ingredient(UUID version, double weight) {}
}
