package dev.temper.data.shape;

import dev.temper.data.row.Place;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One record, asked for by the fields of its shape. What nobody asked for is left over and stays with the row. Not for
 * several threads.
 */
final class Fields {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> WANTED = Set.of("true", "1", "yes", "good", "是", "好");
    private static final Set<String> UNWANTED = Set.of("false", "0", "no", "bad", "否", "坏");

    private final JsonNode record;
    private final Mapping mapping;
    private final Place place;
    private final Set<String> used = new HashSet<>();

    Fields(JsonNode record, Mapping mapping, Place place) {
        if (!record.isObject()) {
            throw Unfit.of(ShapeCode.ROW_NOT_OBJECT, Map.of());
        }
        this.record = record;
        this.mapping = mapping;
        this.place = place;
    }

    Place place() {
        return place;
    }

    JsonNode record() {
        return record;
    }

    /** The column that fills a field; several, or text around one, are no column. */
    String column(String field) {
        Template template = mapping.fields().get(field);
        String single = template == null ? null : template.single();
        return single == null ? field : single;
    }

    boolean has(String field) {
        JsonNode value = peek(field);
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isString() && value.stringValue().isBlank());
    }

    /** As the record has it; missing where it is null or absent. */
    JsonNode node(String field) {
        JsonNode value = peek(field);
        used.add(column(field));
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    /** The text of a field; empty where there is none. */
    Optional<String> text(String field) {
        Template template = mapping.fields().get(field);
        if (template != null && template.single() == null) {
            used.addAll(template.columns());
            String filled = template.fill(record);
            return filled.isEmpty() ? Optional.empty() : Optional.of(filled);
        }
        JsonNode value = node(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Unfit.at(column(field), ShapeCode.TEXT_EXPECTED, "found", kind(value));
        }
        return value.stringValue().isBlank() ? Optional.empty() : Optional.of(value.stringValue());
    }

    String required(String field) {
        return text(field).orElseThrow(() -> absent(field));
    }

    Unfit absent(String field) {
        String column = column(field);
        return Unfit.at(column, record.has(column) ? ShapeCode.TEXT_EMPTY : ShapeCode.COLUMN_MISSING);
    }

    /** A list or an object; in a table it stands as the text of JSON. */
    JsonNode structure(String field) {
        JsonNode value = node(field);
        if (!value.isString()) {
            return value;
        }
        String text = value.stringValue().strip();
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        return parsed(text).orElseThrow(() -> Unfit.at(column(field), ShapeCode.LIST_EXPECTED, "found", "text"));
    }

    /** What a text holds that is JSON. */
    static Optional<JsonNode> parsed(String text) {
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** Whether an answer is wanted; null where nothing is said. */
    @Nullable
    Boolean label(String field) {
        JsonNode value = node(field);
        if (value.isMissingNode() || (value.isString() && value.stringValue().isBlank())) {
            return null;
        }
        String said = value.asString("").strip().toLowerCase(Locale.ROOT);
        if (WANTED.contains(said)) {
            return true;
        }
        if (UNWANTED.contains(said)) {
            return false;
        }
        throw Unfit.at(column(field), ShapeCode.LABEL_UNKNOWN, "found", value.toString());
    }

    double weight() {
        JsonNode value = node("weight");
        if (value.isMissingNode() || (value.isString() && value.stringValue().isBlank())) {
            return 1;
        }
        try {
            double weight = Double.parseDouble(value.asString("").strip());
            if (weight >= 0 && !Double.isInfinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException noNumber) {
            // Told below, as a negative one is.
        }
        throw Unfit.at(column("weight"), ShapeCode.WEIGHT_INVALID, "found", value.toString());
    }

    /** Marks columns as part of the row that were looked at in another way. */
    void use(List<String> columns) {
        used.addAll(columns);
    }

    /** The columns that no field took. */
    Map<String, JsonNode> rest() {
        Map<String, JsonNode> rest = new LinkedHashMap<>();
        record.properties().forEach(column -> {
            boolean wanted = mapping.keep() == null || mapping.keep().contains(column.getKey());
            if (wanted && !used.contains(column.getKey()) && !isNothing(column.getValue())) {
                rest.put(column.getKey(), column.getValue());
            }
        });
        JsonNode standing = record.path(Extras.NAME);
        JsonNode more = standing.isString() ? parsed(standing.stringValue()).orElse(standing) : standing;
        if (more.isObject() && rest.remove(Extras.NAME) != null) {
            more.properties().forEach(column -> rest.put(column.getKey(), column.getValue()));
        }
        return rest;
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || (value.isString() && value.stringValue().isEmpty());
    }

    static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private JsonNode peek(String field) {
        return record.path(column(field));
    }
}
