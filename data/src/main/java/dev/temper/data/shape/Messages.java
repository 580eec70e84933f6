package dev.temper.data.shape;

import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Turns written as {@code role, content}, or as {@code from, value}; both occur under either name. */
final class Messages {
    private static final Map<String, Speaker> SPEAKERS = Map.ofEntries(
            Map.entry("system", Speaker.SYSTEM),
            Map.entry("developer", Speaker.SYSTEM),
            Map.entry("user", Speaker.USER),
            Map.entry("human", Speaker.USER),
            Map.entry("prompter", Speaker.USER),
            Map.entry("assistant", Speaker.ASSISTANT),
            Map.entry("gpt", Speaker.ASSISTANT),
            Map.entry("model", Speaker.ASSISTANT),
            Map.entry("chatgpt", Speaker.ASSISTANT),
            Map.entry("bot", Speaker.ASSISTANT),
            Map.entry("function_call", Speaker.ASSISTANT),
            Map.entry("tool", Speaker.TOOL),
            Map.entry("function", Speaker.TOOL),
            Map.entry("observation", Speaker.TOOL));

    private Messages() {}

    static List<Turn> turns(JsonNode list, String column) {
        if (!list.isArray()) {
            throw Unfit.at(column, ShapeCode.LIST_EXPECTED, "found", Fields.kind(list));
        }
        List<Turn> turns = new ArrayList<>(list.size());
        for (JsonNode message : list) {
            turns.add(turn(message, column, turns.size() + 1));
        }
        return turns;
    }

    static Turn turn(JsonNode message, String column, int number) {
        boolean openAi = message.has("role");
        JsonNode role = message.path(openAi ? "role" : "from");
        JsonNode said = message.path(openAi ? "content" : "value");
        if (!role.isString()) {
            throw Unfit.at(column, ShapeCode.TURN_BROKEN, "turn", number);
        }
        String name = role.stringValue();
        Speaker speaker = SPEAKERS.get(name);
        if (speaker == null) {
            throw Unfit.at(column, ShapeCode.ROLE_UNKNOWN, "role", name);
        }
        Map<String, JsonNode> more = new LinkedHashMap<>();
        message.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                more.put(member.getKey(), member.getValue());
            }
        });
        more.remove(openAi ? "role" : "from");
        more.remove(openAi ? "content" : "value");
        if (name.equals("function_call")) {
            return ToolCalls.turn(said.asString(""), more, column, number);
        }
        return new Turn(speaker, text(said, more, column, number), more);
    }

    private static String text(JsonNode said, Map<String, JsonNode> more, String column, int number) {
        if (said.isString()) {
            return said.stringValue();
        }
        if (said.isArray()) {
            return parts(said, column, number);
        }
        if (!said.isMissingNode() && !said.isNull()) {
            throw Unfit.at(column, ShapeCode.TEXT_EXPECTED, "found", Fields.kind(said));
        }
        if (!more.containsKey("tool_calls")) {
            throw Unfit.at(column, ShapeCode.TURN_BROKEN, "turn", number);
        }
        return "";
    }

    private static String parts(JsonNode parts, String column, int number) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            if (!part.path("type").asString("").equals("text")
                    || !part.path("text").isString()) {
                Map<String, Object> facts =
                        Map.of("turn", number, "found", part.path("type").asString("?"), "column", column);
                throw Unfit.of(ShapeCode.CONTENT_UNSUPPORTED, facts);
            }
            text.append(part.path("text").stringValue());
        }
        return text.toString();
    }
}
