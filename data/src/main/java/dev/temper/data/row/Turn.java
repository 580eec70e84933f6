package dev.temper.data.row;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One thing said.
 *
 * @param text may be empty where a tool is called
 * @param more what else the file says of this turn under its own names ({@code tool_calls}, {@code name}, {@code
 *     weight}), kept so that writing the row again loses nothing
 */
public record Turn(Speaker speaker, String text, Map<String, JsonNode> more) {
    public Turn {
        more = Map.copyOf(more);
    }

    public Turn(Speaker speaker, String text) {
        this(speaker, text, Map.of());
    }

    public static Turn system(String text) {
        return new Turn(Speaker.SYSTEM, text);
    }

    public static Turn user(String text) {
        return new Turn(Speaker.USER, text);
    }

    public static Turn assistant(String text) {
        return new Turn(Speaker.ASSISTANT, text);
    }

    /** The same turn with other words. */
    public Turn saying(String words) {
        return words.equals(text) ? this : new Turn(speaker, words, more);
    }
}
