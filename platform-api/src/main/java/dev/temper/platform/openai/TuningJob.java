package dev.temper.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A fine-tuning job as the dialect shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record TuningJob(
        String id,
        long createdAt,
        @Nullable Long finishedAt,
        String model,
        @Nullable String fineTunedModel,
        String organizationId,
        String status,
        Map<String, Object> hyperparameters,
        Map<String, Object> method,
        String trainingFile,
        @Nullable String validationFile,
        List<String> resultFiles,
        @Nullable Long trainedTokens,
        @Nullable Failure error,
        long seed,
        Map<String, String> metadata,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Own temper) {
    @JsonProperty
    String object() {
        return "fine_tuning.job";
    }

    /** Why it failed. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Failure(
            String code, String message, @Nullable String param) {}

    /**
     * Where it is found on this platform's own pages and interface.
     *
     * @param state the run's, which the dialect has fewer words for
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Own(String taskId, long taskNumber, String state) {}

    /** Something that happened in it. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Event(
            String id,
            long createdAt,
            String level,
            String message,
            String type,
            @Nullable Map<String, Object> data) {
        @JsonProperty
        String object() {
            return "fine_tuning.job.event";
        }
    }

    /** A step that it can go on from. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Checkpoint(
            String id,
            long createdAt,
            String fineTuningJobId,
            String fineTunedModelCheckpoint,
            long stepNumber,
            @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> metrics) {
        @JsonProperty
        String object() {
            return "fine_tuning.job.checkpoint";
        }
    }
}
