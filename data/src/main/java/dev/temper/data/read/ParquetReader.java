package dev.temper.data.read;

import dev.hardwood.HardwoodContext;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import dev.temper.contract.CodedException;
import dev.temper.data.row.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a Parquet file with their lists and structures. */
final class ParquetReader implements FormatReader {
    private final Content content;
    private final HardwoodContext context = HardwoodContext.create(1);
    private final ParquetInput input;
    private final ParquetFileReader file;
    private final RowReader rows;
    private final long total;
    private long number;
    private @Nullable Flaw flaw;

    ParquetReader(Content content, Limits limits) throws IOException {
        this.content = content;
        this.input = new ParquetInput(content.path(), content.file());
        try {
            this.file = ParquetFileReader.open(input, context);
            this.total = file.getFileMetaData().numRows();
            check(limits);
            this.rows = file.rowReader();
        } catch (IOException | RuntimeException broken) {
            context.close();
            input.close();
            throw broken instanceof CodedException known ? known : broken(broken);
        }
    }

    private void check(Limits limits) throws IOException {
        int columns = file.getFileSchema().getColumnCount();
        if (columns > limits.columns()) {
            throw ReadCode.COLUMNS_TOO_MANY.at(content.place(0), Map.of("found", columns, "limit", limits.columns()));
        }
        long limit = limits.unpacked(Files.size(content.path()));
        long unpacked = file.getFileMetaData().rowGroups().stream()
                .mapToLong(group -> Math.max(0, group.totalByteSize()))
                .sum();
        if (unpacked > limit) {
            throw ReadCode.UNPACKED_TOO_LARGE.at(content.place(0), Map.of("limit", limit));
        }
        ParquetGuard.check(content, input, file.getFileMetaData(), limits);
    }

    @Override
    public @Nullable Item next() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            rows.next();
            number++;
            flaw = null;
            JsonNode value = object(rows);
            Place place = content.place(number);
            return flaw == null ? new Item.Value(place, value) : flaw.at(place, value);
        } catch (RuntimeException broken) {
            throw broken(broken);
        }
    }

    private RuntimeException broken(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean locked = thrown.getClass().getSimpleName().startsWith("Encrypted");
        ReadCode code = locked ? ReadCode.FILE_PASSWORD_PROTECTED : ReadCode.FILE_BROKEN;
        return code.at(content.place(number), Map.of("reason", Reasons.of(root)))
                .because(thrown);
    }

    private ObjectNode object(StructAccessor struct) {
        ObjectNode object = Json.NODES.objectNode();
        for (int i = 0; i < struct.getFieldCount(); i++) {
            String name = struct.getFieldName(i);
            object.set(name, struct.isNull(name) ? Json.NODES.nullNode() : value(struct.getValue(name)));
        }
        return object;
    }

    private JsonNode value(@Nullable Object value) {
        return switch (value) {
            case null -> Json.NODES.nullNode();
            case String text -> Json.NODES.stringNode(checked(text));
            case Boolean truth -> Json.NODES.booleanNode(truth);
            case Integer integer -> Json.NODES.numberNode(integer);
            case Long integer -> Json.NODES.numberNode(integer);
            case Float number -> number(number.doubleValue(), Float.toString(number));
            case Double number -> number(number, Double.toString(number));
            case BigDecimal number -> Json.NODES.stringNode(number.toPlainString());
            case byte[] bytes -> Json.NODES.stringNode(Base64.getEncoder().encodeToString(bytes));
            case PqStruct struct -> object(struct);
            case PqList list -> list(list);
            case PqMap map -> map(map);
            default -> Json.NODES.stringNode(value.toString());
        };
    }

    private JsonNode number(double number, String shown) {
        if (Double.isFinite(number)) {
            return Json.NODES.numberNode(Double.parseDouble(shown));
        }
        note(new Flaw(ReadCode.NUMBER_NOT_FINITE, Map.of("number", shown)));
        return Json.NODES.stringNode(shown);
    }

    private ArrayNode list(PqList list) {
        ArrayNode array = Json.NODES.arrayNode();
        list.values().forEach(element -> array.add(value(element)));
        return array;
    }

    private ObjectNode map(PqMap map) {
        ObjectNode object = Json.NODES.objectNode();
        map.getEntries().forEach(entry -> object.set(String.valueOf(entry.getKey()), value(entry.getValue())));
        return object;
    }

    private String checked(String text) {
        note(Flaw.in(text, StandardCharsets.UTF_8));
        return text;
    }

    private void note(@Nullable Flaw found) {
        flaw = flaw == null ? found : flaw;
    }

    @Override
    public double progress() {
        return total == 0 ? 1 : Math.min(1, (double) number / total);
    }

    @Override
    public void close() throws IOException {
        try (input;
                context;
                file;
                rows) {
            // Closed in this order's reverse.
        }
    }
}
