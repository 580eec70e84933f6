package dev.temper.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** An upload in parts as the dialect shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record UploadObject(
        String id,
        long bytes,
        long createdAt,
        long expiresAt,
        String filename,
        String purpose,
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FileObject file) {
    @JsonProperty
    String object() {
        return "upload";
    }

    /** One part of it. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Part(String id, long createdAt, String uploadId) {
        @JsonProperty
        String object() {
            return "upload.part";
        }
    }
}
