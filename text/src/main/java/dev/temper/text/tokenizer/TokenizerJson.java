package dev.temper.text.tokenizer;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What a tokenizer.json says besides how to cut: its vocabulary and added tokens. Read as a stream, because the big ones
 * have tens of megabytes.
 */
final class TokenizerJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(1_000_000)
                    .maxStringLength(50_000_000)
                    .build())
            .build();

    private final List<AddedToken> added = new ArrayList<>();
    private final Map<String, Integer> vocabulary = new HashMap<>();

    private TokenizerJson() {}

    static TokenizerJson read(String json) {
        TokenizerJson result = new TokenizerJson();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw NativeTokenizer.broken("tokenizer.json is not an object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "added_tokens" -> result.readAdded(parser);
                    case "model" -> result.readModel(parser);
                    default -> parser.skipChildren();
                }
            }
        } catch (JacksonException broken) {
            throw NativeTokenizer.broken(broken.getOriginalMessage()).because(broken);
        }
        return result;
    }

    private void readAdded(JsonParser parser) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int id = -1;
            String content = "";
            boolean special = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "id" -> id = parser.getIntValue();
                    case "content" -> content = parser.getString();
                    case "special" -> special = parser.getBooleanValue();
                    default -> parser.skipChildren();
                }
            }
            added.add(new AddedToken(id, content, special));
        }
    }

    private void readModel(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!key.equals("vocab")) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String token = parser.currentName();
                    parser.nextToken();
                    vocabulary.put(token, parser.getIntValue());
                }
            } else {
                readPiecesWithScores(parser);
            }
        }
    }

    private void readPiecesWithScores(JsonParser parser) {
        for (int id = 0; parser.nextToken() == JsonToken.START_ARRAY; id++) {
            parser.nextToken();
            vocabulary.put(parser.getString(), id);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    List<AddedToken> added() {
        return List.copyOf(added);
    }

    /** Every token's id, the added ones included. */
    Map<String, Integer> ids() {
        Map<String, Integer> all = new HashMap<>(vocabulary);
        added.forEach(token -> all.put(token.content(), token.id()));
        return Map.copyOf(all);
    }

    /** The same tokenizer with more control tokens behind its last id. */
    static String extended(String json, List<AddedToken> more) {
        return copy(json, UnaryOperator.identity(), more);
    }

    /** The same tokenizer with tokens renamed, their ids kept. */
    static String renamed(String json, Map<String, String> names) {
        return copy(json, token -> names.getOrDefault(token, token), List.of());
    }

    private static String copy(String json, UnaryOperator<String> name, List<AddedToken> more) {
        StringWriter out = new StringWriter(json.length() + 1024);
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json);
                JsonGenerator to = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            in.nextToken();
            to.writeStartObject();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = in.currentName();
                to.writeName(key);
                in.nextToken();
                switch (key) {
                    case "added_tokens" -> copyAdded(in, to, name, more);
                    case "model" -> copyModel(in, to, name);
                    default -> to.copyCurrentStructure(in);
                }
            }
            to.writeEndObject();
        }
        return out.toString();
    }

    private static void copyAdded(JsonParser in, JsonGenerator to, UnaryOperator<String> name, List<AddedToken> more) {
        to.writeStartArray();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            to.writeStartObject();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = in.currentName();
                to.writeName(key);
                in.nextToken();
                if (key.equals("content")) {
                    to.writeString(name.apply(in.getString()));
                } else {
                    to.copyCurrentStructure(in);
                }
            }
            to.writeEndObject();
        }
        for (AddedToken token : more) {
            to.writeStartObject();
            to.writeNumberProperty("id", token.id());
            to.writeStringProperty("content", token.content());
            to.writeBooleanProperty("single_word", false);
            to.writeBooleanProperty("lstrip", false);
            to.writeBooleanProperty("rstrip", false);
            to.writeBooleanProperty("normalized", false);
            to.writeBooleanProperty("special", token.special());
            to.writeEndObject();
        }
        to.writeEndArray();
    }

    private static void copyModel(JsonParser in, JsonGenerator to, UnaryOperator<String> name) {
        to.writeStartObject();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = in.currentName();
            to.writeName(key);
            JsonToken value = in.nextToken();
            if (key.equals("unk_token") && value == JsonToken.VALUE_STRING) {
                to.writeString(name.apply(in.getString()));
            } else if (key.equals("vocab") && value == JsonToken.START_OBJECT) {
                to.writeStartObject();
                while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                    to.writeName(name.apply(in.currentName()));
                    in.nextToken();
                    to.copyCurrentEvent(in);
                }
                to.writeEndObject();
            } else if (key.equals("vocab")) {
                copyPiecesWithScores(in, to, name);
            } else {
                to.copyCurrentStructure(in);
            }
        }
        to.writeEndObject();
    }

    private static void copyPiecesWithScores(JsonParser in, JsonGenerator to, UnaryOperator<String> name) {
        to.writeStartArray();
        while (in.nextToken() == JsonToken.START_ARRAY) {
            to.writeStartArray();
            in.nextToken();
            to.writeString(name.apply(in.getString()));
            while (in.nextToken() != JsonToken.END_ARRAY) {
                to.copyCurrentStructure(in);
            }
            to.writeEndArray();
        }
        to.writeEndArray();
    }
}
