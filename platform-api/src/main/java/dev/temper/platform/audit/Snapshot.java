package dev.temper.platform.audit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What something was, as the JSON text the log keeps: fields in order of name, secrets blacked out, bounded in size. */
final class Snapshot {
    static final int MAX_CHARACTERS = 32_768;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private Snapshot() {}

    static @Nullable String of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = JSON.writeValueAsString(Redaction.of(JSON.<JsonNode>valueToTree(value)));
        return text.length() <= MAX_CHARACTERS ? text : tooLarge(text.length());
    }

    /** The text read back as JSON. */
    static @Nullable JsonNode read(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JacksonException tampered) {
            return JSON.getNodeFactory().stringNode(text);
        }
    }

    private static String tooLarge(int characters) {
        ObjectNode left = JSON.createObjectNode();
        left.put("leftOut", "larger than " + MAX_CHARACTERS + " characters");
        left.put("characters", characters);
        return left.toString();
    }
}
