package dev.temper.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A file as the dialect shows it.
 *
 * @param status {@code uploaded} while it is read, then {@code processed} or {@code error}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record FileObject(
        String id,
        long bytes,
        long createdAt,
        String filename,
        String purpose,
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String statusDetails) {
    @JsonProperty
    String object() {
        return "file";
    }
}
