package dev.temper.data.shape;

import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls of tools: OpenAI's {@code tool_calls}, and ShareGPT's turn {@code function_call} whose value is the call's JSON. */
public final class ToolCalls {
    /** The member of a turn that holds the calls. */
    public static final String MEMBER = "tool_calls";

    private ToolCalls() {}

    /** ShareGPT's text of a turn's calls, where the turn is nothing else. */
    public static Optional<String> shareGpt(Turn turn) {
        JsonNode calls = turn.more().get(MEMBER);
        if (calls == null || !turn.text().isEmpty() || turn.more().size() > 1 || calls.isEmpty()) {
            return Optional.empty();
        }
        ArrayNode plain = JsonNodeFactory.instance.arrayNode();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            if (!call.equals(called(function))) {
                return Optional.empty();
            }
            plain.add(function);
        }
        return Optional.of(plain.size() == 1 ? plain.get(0).toString() : plain.toString());
    }

    static Turn turn(String text, Map<String, JsonNode> more, String column, int number) {
        JsonNode parsed = Fields.parsed(text.strip())
                .orElseThrow(() -> Unfit.at(column, ShapeCode.TOOL_CALL_BROKEN, "turn", number));
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        if (parsed.isArray()) {
            parsed.forEach(one -> calls.add(called(one)));
        } else {
            calls.add(called(parsed));
        }
        for (JsonNode call : calls) {
            if (!call.path("function").path("name").isString()) {
                throw Unfit.at(column, ShapeCode.TOOL_CALL_BROKEN, "turn", number);
            }
        }
        Map<String, JsonNode> all = new LinkedHashMap<>(more);
        all.put(MEMBER, calls);
        return new Turn(Speaker.ASSISTANT, "", all);
    }

    private static ObjectNode called(JsonNode function) {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put("type", "function");
        call.set("function", function);
        return call;
    }
}
