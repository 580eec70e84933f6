package dev.temper.platform.common.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.Word;
import jakarta.validation.Validator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON read to the letter: UTF-8, one document, no name twice, no unknown field, no number for a text. Each field that
 * doesn't fit is noted, taken out, and the rest read again, so that one answer names them all. What is read is then held
 * against its constraints, whether or not a controller thought of {@code @Valid}.
 */
final class StrictJson {
    private static final int MAX_FAULTS = 50;

    private final JsonMapper mapper;
    private final Violations violations;

    StrictJson(JsonMapper lenient, Validator validator) {
        this.violations = new Violations(validator);
        this.mapper = lenient.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // told apart below, with their place
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    Object read(byte[] body, JavaType type) {
        JsonNode tree = parse(decode(body));
        if (tree.isMissingNode() || tree.isNull()) {
            throw ErrorCode.BODY_MISSING.problem();
        }
        List<Fault> faults = new ArrayList<>();
        refuseUnstorable(tree, JsonPointer.empty(), faults);
        Object value = bind(tree, type, faults);
        List<Fault> broken = violations.of(value).stream()
                .filter(more ->
                        faults.stream().noneMatch(known -> known.pointer().equals(more.pointer())))
                .toList();
        faults.addAll(broken);
        if (!faults.isEmpty()) {
            throw Problem.ofFields(faults);
        }
        return value;
    }

    private static String decode(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ErrorCode.TEXT_NOT_UTF8.problem().because(e);
        }
    }

    private JsonNode parse(String text) {
        try (JsonParser parser = mapper.createParser(text)) {
            try {
                JsonNode tree = mapper.readTree(parser);
                if (tree != null && parser.nextToken() != null) {
                    throw malformed(parser.currentTokenLocation());
                }
                return tree == null ? mapper.missingNode() : tree;
            } catch (StreamConstraintsException e) {
                throw ErrorCode.JSON_TOO_DEEP
                        .with("limit", StreamReadConstraints.DEFAULT_MAX_DEPTH)
                        .because(e);
            } catch (MismatchedInputException e) {
                throw ErrorCode.FIELD_REPEATED
                        .at(parser.streamReadContext().pathAsPointer().toString())
                        .with("field", String.valueOf(parser.currentName()))
                        .because(e);
            } catch (JacksonException e) {
                throw malformed(e.getLocation()).because(e);
            }
        }
    }

    private static Problem malformed(TokenStreamLocation at) {
        return ErrorCode.JSON_MALFORMED
                .with("line", Math.max(1, at.getLineNr()))
                .with("column", Math.max(1, at.getColumnNr()));
    }

    /** PostgreSQL keeps no NUL in a text, and UTF-8 knows no half of a surrogate pair. */
    private static void refuseUnstorable(JsonNode node, JsonPointer at, List<Fault> faults) {
        if (node instanceof ObjectNode object) {
            object.forEachEntry((name, child) -> {
                if (unstorable(name)) {
                    faults.add(Fault.of(at.toString(), ErrorCode.FIELD_UNSTORABLE_TEXT));
                } else {
                    refuseUnstorable(child, at.appendProperty(name), faults);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                refuseUnstorable(array.get(i), at.appendIndex(i), faults);
            }
        } else if (node.isString() && unstorable(node.stringValue()) && faults.size() < MAX_FAULTS) {
            faults.add(Fault.of(at.toString(), ErrorCode.FIELD_UNSTORABLE_TEXT));
        }
    }

    static boolean unstorable(String text) {
        return text.codePoints()
                .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /** Reads what can be read, with every misfit taken out of the tree and noted. */
    private Object bind(JsonNode tree, JavaType type, List<Fault> faults) {
        while (true) {
            try {
                return mapper.treeToValue(tree, type);
            } catch (DatabindException e) {
                Problem thrown = thrownInside(e);
                if (thrown != null) {
                    throw thrown;
                }
                JsonPointer at = pointer(e);
                faults.add(new Fault(at.toString(), code(e), facts(e)));
                if (faults.size() >= MAX_FAULTS || !takeOut(tree, at)) {
                    throw Problem.ofFields(faults).because(e);
                }
            }
        }
    }

    /** A record's own check may throw a coded problem; it speaks for itself. */
    private static @Nullable Problem thrownInside(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
        }
        return null;
    }

    private static JsonPointer pointer(DatabindException e) {
        JsonPointer at = JsonPointer.empty();
        for (JacksonException.Reference step : e.getPath()) {
            at = step.getPropertyName() == null
                    ? at.appendIndex(step.getIndex())
                    : at.appendProperty(step.getPropertyName());
        }
        return at;
    }

    /** Whether there was something to take out; if not, reading again would change nothing. */
    private static boolean takeOut(JsonNode tree, JsonPointer at) {
        if (at.length() == 0) {
            return false;
        }
        JsonNode parent = tree.at(at.head());
        return switch (parent) {
            case ObjectNode object -> object.remove(at.last().getMatchingProperty()) != null;
            case ArrayNode array ->
                !array.set(at.last().getMatchingIndex(), array.nullNode()).isEmpty();
            default -> false;
        };
    }

    private static ErrorCode code(DatabindException e) {
        return switch (e) {
            case UnrecognizedPropertyException _ -> ErrorCode.FIELD_UNKNOWN;
            case InvalidFormatException wrong when choices(wrong) -> ErrorCode.FIELD_NOT_A_CHOICE;
            case MismatchedInputException _ -> ErrorCode.FIELD_WRONG_TYPE;
            default -> ErrorCode.FIELD_NOT_IN_FORM;
        };
    }

    private static boolean choices(InvalidFormatException e) {
        return e.getTargetType() != null && e.getTargetType().isEnum() && e.getValue() instanceof String;
    }

    private static Map<String, Object> facts(DatabindException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                Map.of(
                        "field",
                        unknown.getPropertyName(),
                        "known",
                        unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .toList());
            case InvalidFormatException wrong
            when choices(wrong) -> Map.of("value", wrong.getValue(), "choices", Types.choices(wrong.getTargetType()));
            case MismatchedInputException wrong -> Map.of("expected", Types.word(wrong.getTargetType()));
            default -> Map.of("form", Word.ANOTHER_VALUE);
        };
    }
}
