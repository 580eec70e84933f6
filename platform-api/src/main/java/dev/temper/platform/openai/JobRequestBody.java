package dev.temper.platform.openai;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A fine-tuning job as it is asked for.
 *
 * @param hyperparameters as older clients send them
 * @param temper what the dialect has no word for: {@code settings} of a run spec, {@code pool}, {@code devices}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record JobRequestBody(
        @NotBlank String model,
        @NotBlank String trainingFile,
        @Nullable String validationFile,
        @Nullable @Size(min = 1, max = 64) String suffix,
        @Nullable Long seed,
        @Nullable Map<String, String> metadata,
        @Nullable List<Map<String, Object>> integrations,
        @Nullable Hyperparameters hyperparameters,
        @Nullable MethodBody method,
        @Nullable Extension temper) {
    /** How it is trained. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record MethodBody(
            @NotBlank String type,
            @Nullable Supervised supervised,
            @Nullable Map<String, Object> dpo,
            @Nullable Map<String, Object> reinforcement) {}

    /** Learning from answers. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Supervised(@Nullable Hyperparameters hyperparameters) {}

    /** Numbers, or the word {@code auto}, which leaves them to the platform. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Hyperparameters(
            @Nullable Object batchSize,
            @Nullable Object learningRateMultiplier,
            @Nullable Object nEpochs) {}

    /** What only this platform understands. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Extension(
            @Nullable Map<String, Object> settings,
            @Nullable String pool,
            @Nullable Integer devices) {}
}
