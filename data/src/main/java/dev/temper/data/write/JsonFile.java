package dev.temper.data.write;

import dev.temper.data.row.Row;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object a row, on a line of its own: in an array, or just so. */
final class JsonFile implements RowWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Writer out;
    private final Function<Row, ObjectNode> form;
    private final boolean array;
    private boolean any;
    private boolean closed;

    private JsonFile(OutputStream out, Function<Row, ObjectNode> form, boolean array) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        this.form = form;
        this.array = array;
    }

    static JsonFile array(OutputStream out, Function<Row, ObjectNode> form) {
        return new JsonFile(out, form, true);
    }

    static JsonFile lines(OutputStream out, Function<Row, ObjectNode> form) {
        return new JsonFile(out, form, false);
    }

    @Override
    public void write(Row row) throws IOException {
        if (array) {
            out.write(any ? ",\n" : "[\n");
        }
        any = true;
        out.write(JSON.writeValueAsString(form.apply(row)));
        if (!array) {
            out.write('\n');
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (array) {
                out.write(any ? "\n]\n" : "[]\n");
            }
        }
    }
}
