package dev.temper.platform.task;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.job.JobRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody wants trained.
 *
 * @param model the base model, by name
 * @param data what it learns from, in order
 * @param settings the rest of a run spec, as JSON; what it leaves out has its default
 * @param pool where, by name
 * @param devices how many, all on one node
 * @param estimate how long it will take, roughly; null to go by what is predicted
 */
public record TaskRequest(
        String name,
        String model,
        List<Ingredient> data,
        String settings,
        String pool,
        int devices,
        @Nullable Duration estimate,
        int priority) {
    private static final int MOST_VERSIONS = 100;
    private static final Duration GUESS = Duration.ofHours(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    public TaskRequest {
        name = JobRequest.named(name);
        data = List.copyOf(data);
        if (data.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/data");
        }
        if (data.size() > MOST_VERSIONS) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/data").with("min", 1).with("max", MOST_VERSIONS);
        }
    }

    /** What a body asked for that {@link #json()} wrote. */
    static TaskRequest of(String json) {
        JsonNode body = JSON.readTree(json);
        return new TaskRequest(
                body.path("name").asString(""),
                body.path("model").asString(""),
                body.path("data")
                        .valueStream()
                        .map(one -> new Ingredient(
                                UUID.fromString(one.path("version").asString("")),
                                one.path("weight").asDouble(1)))
                        .toList(),
                body.path("settings").toString(),
                body.path("pool").asString(""),
                body.path("devices").asInt(1),
                null,
                body.path("priority").asInt(JobRequest.DEFAULT_PRIORITY));
    }

    /** The same with what is to be otherwise; settings are laid over settings, key by key. */
    TaskRequest with(Change change) {
        JsonNode laid = JSON.readTree(settings);
        if (change.settings() != null) {
            laid = JSON.readerForUpdating(laid).readTree(change.settings());
        }
        return new TaskRequest(
                Objects.requireNonNullElse(change.name(), name),
                model,
                data,
                laid.toString(),
                Objects.requireNonNullElse(change.pool(), pool),
                Objects.requireNonNullElse(change.devices(), devices),
                null,
                Objects.requireNonNullElse(change.priority(), priority));
    }

    /** How long it will take: as asked, else as predicted, else an hour. */
    Duration estimateOr(Prediction.@Nullable Time predicted) {
        if (estimate != null) {
            return estimate;
        }
        return predicted == null ? GUESS : Duration.ofSeconds(Math.max(60, predicted.most()));
    }

    /** The same as the body of a request that asks for it. */
    public String json() {
        ObjectNode body = JSON.createObjectNode().put("name", name).put("model", model);
        ArrayNode versions = body.putArray("data");
        data.forEach(one ->
                versions.addObject().put("version", one.version().toString()).put("weight", one.weight()));
        body.set("settings", JSON.readTree(settings));
        return body.put("pool", pool)
                .put("devices", devices)
                .put("priority", priority)
                .toString();
    }

    /**
     * A dataset version and how much of it is drawn.
     *
     * @param weight its share against the others', where sources are interleaved
     */
    public record Ingredient(UUID version, double weight) {}
}
