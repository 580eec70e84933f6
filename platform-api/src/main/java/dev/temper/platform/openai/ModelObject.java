package dev.temper.platform.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A base model or a tuned one as the dialect shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record ModelObject(String id, long created, String ownedBy) {
    @JsonProperty
    String object() {
        return "model";
    }
}
