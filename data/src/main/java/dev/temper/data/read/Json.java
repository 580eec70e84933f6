package dev.temper.data.read;

import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one value of JSON tokens and notices on the way what a tree no longer shows: names that stand twice, numbers that
 * are none, characters that are none. The first such flaw is kept and reading goes on, so that the next record is not lost.
 */
final class Json {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int DEEPEST = 200;

    private final JsonParser parser;
    private final Charset charset;
    private final long longest;
    private long begin;
    private @Nullable Flaw flaw;

    Json(JsonParser parser, Charset charset, int longest) {
        this.parser = parser;
        this.charset = charset;
        this.longest = longest;
    }

    static JsonFactory factory(int longest) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(longest)
                        .maxNestingDepth(DEEPEST)
                        .build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    /** The value whose first token is the current one. */
    JsonNode value(JsonToken first) {
        flaw = null;
        begin = parser.currentTokenLocation().getCharOffset();
        return read(first);
    }

    /** What is wrong with the value read last; null where nothing is. */
    @Nullable
    Flaw flaw() {
        return flaw;
    }

    private JsonNode read(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> NODES.stringNode(checked(parser.getString()));
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with " + token);
        };
    }

    private ObjectNode object() {
        ObjectNode object = NODES.objectNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String name = checked(parser.currentName());
            JsonNode value = read(parser.nextToken());
            if (object.has(name)) {
                note(new Flaw(ReadCode.KEY_DUPLICATED, Map.of("key", name)));
                name = free(name, object);
            }
            object.set(name, value);
            checkLength();
        }
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(read(token));
            checkLength();
        }
        return array;
    }

    private JsonNode integer() {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, BIG_DECIMAL, FLOAT, DOUBLE -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode number() {
        double value = parser.getDoubleValue();
        if (Double.isFinite(value)) {
            return NODES.numberNode(value);
        }
        note(new Flaw(ReadCode.NUMBER_NOT_FINITE, Map.of("number", parser.getString())));
        return NODES.stringNode(parser.getString());
    }

    private String checked(String text) {
        if (flaw == null) {
            flaw = Flaw.in(text, charset);
        }
        return text;
    }

    private void note(Flaw found) {
        if (flaw == null) {
            flaw = found;
        }
    }

    private void checkLength() {
        if (parser.currentTokenLocation().getCharOffset() - begin > longest) {
            throw new RecordTooLong();
        }
    }

    private static String free(String name, ObjectNode object) {
        int count = 2;
        while (object.has(name + " (" + count + ")")) {
            count++;
        }
        return name + " (" + count + ")";
    }

    /** One value is longer than any record may be. */
    static final class RecordTooLong extends RuntimeException {
        RecordTooLong() {
            super("record too long", null, false, false);
        }
    }
}
