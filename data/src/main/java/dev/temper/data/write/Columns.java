package dev.temper.data.write;

import dev.temper.data.row.Row;
import dev.temper.data.shape.Extras;
import dev.temper.data.shape.Shape;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What all forms write alike: weights, and columns that are no part of the conversation. */
final class Columns {
    /** Names that mean something to a reader; a customer's column of such a name stands in the object {@code extra}. */
    private static final Set<String> RESERVED = reserved();

    private Columns() {}

    static boolean isFree(String name, JsonNode value) {
        boolean nothing =
                value.isNull() || (value.isString() && value.stringValue().isEmpty());
        return !RESERVED.contains(name) && !nothing;
    }

    static void finish(ObjectNode node, Row row) {
        if (row.weight() != 1) {
            node.put("weight", row.weight());
        }
        for (Map.Entry<String, JsonNode> column : new TreeMap<>(row.extra()).entrySet()) {
            if (isFree(column.getKey(), column.getValue())) {
                node.set(column.getKey(), column.getValue());
            } else {
                node.withObjectProperty(Extras.NAME).set(column.getKey(), column.getValue());
            }
        }
    }

    private static Set<String> reserved() {
        Set<String> names =
                new HashSet<>(Set.of(Extras.NAME, CsvFile.ROW, "meta", "preferred_output", "non_preferred_output"));
        for (Shape shape : Shape.values()) {
            if (shape != Shape.QUESTION_BANK) {
                names.addAll(shape.fields());
            }
        }
        return Set.copyOf(names);
    }
}
