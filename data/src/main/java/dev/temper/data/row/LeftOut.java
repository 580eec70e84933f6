package dev.temper.data.row;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A row that is not in the result, and why; nothing is left out without one.
 *
 * @param code stable, lower_snake_case
 * @param facts what the sentence of the code names
 * @param content the row as it stood, so that it can be mended and brought in again
 */
public record LeftOut(Place place, String code, Map<String, Object> facts, JsonNode content) {
    public LeftOut {
        facts = Map.copyOf(facts);
    }
}
