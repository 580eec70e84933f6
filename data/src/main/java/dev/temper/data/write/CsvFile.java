package dev.temper.data.write;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.temper.data.read.FormulaMark;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import dev.temper.data.shape.Extras;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table for spreadsheets. Its columns are those that the first rows need; a row that they can't hold stands whole, as
 * JSON, in the last column. Cells that a spreadsheet would take for a formula are marked as text; reading takes the mark
 * off again.
 */
final class CsvFile implements RowWriter {
    static final String ROW = "row";
    private static final String EXTRA = Extras.NAME;

    private static final int LOOKED_AT = 1_000;
    private static final int MOST_COLUMNS = 200;

    private final Writer out;
    private final CsvWriter csv;
    private final List<Row> first = new ArrayList<>();
    private @Nullable List<String> columns;
    private boolean closed;

    CsvFile(OutputStream out) throws IOException {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        // Without the mark Excel takes Chinese for another encoding.
        this.out.write('\uFEFF');
        this.csv = CsvWriter.builder().build(this.out);
    }

    @Override
    public void write(Row row) {
        if (columns != null) {
            put(row, columns);
            return;
        }
        first.add(row);
        if (first.size() == LOOKED_AT) {
            begin();
        }
    }

    private void begin() {
        Set<String> needed = new LinkedHashSet<>(base());
        for (Row row : first) {
            needed.addAll(cells(row).orElse(Map.of()).keySet());
        }
        needed.remove(EXTRA);
        List<String> all = new ArrayList<>(needed.stream().limit(MOST_COLUMNS).toList());
        all.add(EXTRA);
        all.add(ROW);
        columns = all;
        csv.writeRecord(all.stream().map(FormulaMark::put).toList());
        first.forEach(row -> put(row, all));
        first.clear();
    }

    private List<String> base() {
        if (first.isEmpty()) {
            return List.of("instruction", "output");
        }
        return switch (first.getFirst().kind()) {
            case TEXT -> List.of("text");
            case CONVERSATION, JUDGED -> List.of("instruction", "input", "output");
            case PREFERENCE -> List.of("instruction", "input", "chosen", "rejected");
        };
    }

    private void put(Row row, List<String> all) {
        Map<String, String> cells = cells(row).orElse(Map.of());
        if (cells.isEmpty() || !all.containsAll(cells.keySet())) {
            cells = Map.of(ROW, CanonicalJson.write(row));
        }
        List<String> line = new ArrayList<>(all.size());
        for (String column : all) {
            line.add(FormulaMark.put(cells.getOrDefault(column, "")));
        }
        csv.writeRecord(line);
    }

    /** What stands in which column; empty where columns can't hold it. */
    private static Optional<Map<String, String>> cells(Row row) {
        Map<String, String> cells = new LinkedHashMap<>();
        if (row.kind() == RowKind.TEXT) {
            if (String.valueOf(row.text()).isBlank()) {
                return Optional.empty();
            }
            cells.put("text", row.text());
        } else {
            Optional<Alpaca> alpaca = Alpaca.of(row);
            if (alpaca.isEmpty() || row.tools() != null) {
                return Optional.empty();
            }
            put(cells, alpaca.get());
        }
        if (row.label() != null) {
            cells.put("kto_tag", row.label().toString());
        }
        if (row.weight() != 1) {
            cells.put("weight", Double.toString(row.weight()));
        }
        extra(row, cells);
        return Optional.of(cells);
    }

    private static void put(Map<String, String> cells, Alpaca alpaca) {
        cells.put("instruction", alpaca.instruction());
        if (alpaca.output() != null) {
            cells.put("output", alpaca.output());
        }
        if (alpaca.chosen() != null && alpaca.rejected() != null) {
            cells.put("chosen", alpaca.chosen());
            cells.put("rejected", alpaca.rejected());
        }
        if (alpaca.system() != null) {
            cells.put("system", alpaca.system());
        }
        if (!alpaca.history().isEmpty()) {
            cells.put("history", AlpacaJson.history(alpaca).toString());
        }
    }

    /** Texts have columns of their own; what is no text, or has a name in use, stands as JSON in one. */
    private static void extra(Row row, Map<String, String> cells) {
        Map<String, JsonNode> others = new TreeMap<>();
        new TreeMap<>(row.extra()).forEach((name, value) -> {
            if (value.isString() && Columns.isFree(name, value) && name.equals(name.strip()) && !name.isEmpty()) {
                cells.put(name, value.stringValue());
            } else {
                others.put(name, value);
            }
        });
        if (!others.isEmpty()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            others.forEach(object::set);
            cells.put(EXTRA, object.toString());
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (columns == null) {
            begin();
        }
        csv.close();
    }
}
