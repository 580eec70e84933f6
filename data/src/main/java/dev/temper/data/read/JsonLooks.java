package dev.temper.data.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Whether the beginning of a file is JSON, and where its rows are.
 *
 * @param lines whether each line is a value of its own
 * @param paths pointers of the arrays that hold the rows
 */
record JsonLooks(boolean lines, List<String> paths) {
    private static final JsonLooks LINES = new JsonLooks(true, List.of());
    private static final JsonLooks TOP = new JsonLooks(false, List.of(""));

    /** Arrays of objects that are part of one row and not a list of rows. */
    private static final Set<String> PARTS =
            Set.of("messages", "conversations", "conversation", "history", "tools", "chosen", "rejected", "turns");

    private static final int DEEPEST = 3;

    static @Nullable JsonLooks in(String head, String extension) {
        String text = head.stripLeading();
        boolean named = extension.equals("json") || extension.equals("jsonl") || extension.equals("ndjson");
        if (text.isEmpty() || (text.charAt(0) != '[' && text.charAt(0) != '{')) {
            return named ? new JsonLooks(!extension.equals("json"), List.of("")) : null;
        }
        char second = firstBehind(text);
        if (text.charAt(0) == '[') {
            boolean rows = second == '{' || second == '[' || second == '"' || second == ']';
            boolean lines = isLineByLine(text) && !extension.equals("json");
            return lines ? LINES : rows || named ? TOP : null;
        }
        if (second != '"' && second != '}' && !named) {
            return null;
        }
        boolean declared = extension.equals("jsonl") || extension.equals("ndjson");
        String first = text.lines().findFirst().orElse("").strip();
        if (isLineByLine(text) || (declared && first.length() > 1)) {
            return LINES;
        }
        List<String> arrays = arrays(text);
        return arrays.isEmpty() ? new JsonLooks(isWhole(first), List.of("")) : new JsonLooks(false, arrays);
    }

    private static char firstBehind(String text) {
        for (int i = 1; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return text.charAt(i);
            }
        }
        return ' ';
    }

    /** Of the first lines, at least two, most begin and end as one value does. */
    private static boolean isLineByLine(String text) {
        List<String> lines =
                text.lines().filter(line -> !line.isBlank()).limit(6).toList();
        long whole =
                lines.stream().map(String::strip).filter(JsonLooks::isWhole).count();
        return lines.size() > 1 && whole * 2 >= Math.min(lines.size(), 5);
    }

    private static boolean isWhole(String line) {
        try (JsonParser parser = Json.factory(Integer.MAX_VALUE).createParser(ObjectReadContext.empty(), line)) {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException broken) {
            return false;
        }
    }

    /** The arrays of objects nearest to the top of the first value, as far as the head shows it. */
    private static List<String> arrays(String text) {
        List<String> found = new ArrayList<>();
        List<String> open = new ArrayList<>();
        int level = Integer.MAX_VALUE;
        try (JsonParser parser = Json.factory(Integer.MAX_VALUE).createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String name = parser.currentName() == null ? "" : parser.currentName();
                if (token == JsonToken.START_OBJECT) {
                    open.add(open.isEmpty() ? "" : open.getLast() + "/" + JsonReader.escaped(name));
                } else if (token == JsonToken.END_OBJECT) {
                    open.removeLast();
                    if (open.isEmpty()) {
                        return found;
                    }
                } else if (token == JsonToken.START_ARRAY) {
                    String pointer = open.getLast() + "/" + JsonReader.escaped(name);
                    if (parser.nextToken() == JsonToken.START_OBJECT && open.size() <= Math.min(level, DEEPEST)) {
                        if (PARTS.contains(name)) {
                            return List.of();
                        }
                        level = open.size();
                        found.add(pointer);
                    }
                    leave(parser);
                }
            }
        } catch (JacksonException cutOff) {
            return found;
        }
        return found;
    }

    /** Goes to the end of the array whose first element the parser is at. */
    private static void leave(JsonParser parser) {
        for (JsonToken token = parser.currentToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            parser.skipChildren();
        }
    }
}
