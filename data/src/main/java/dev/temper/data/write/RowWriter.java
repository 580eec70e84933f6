package dev.temper.data.write;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Row;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Writes rows one at a time. Closing ends the file and closes what it is written to. */
public interface RowWriter extends Closeable {
    void write(Row row) throws IOException;

    static RowWriter open(ExportFormat format, OutputStream out) throws IOException {
        return switch (format) {
            case ALPACA -> JsonFile.array(out, AlpacaJson::node);
            case SHAREGPT -> JsonFile.array(out, ShareGptJson::node);
            case OPENAI -> JsonFile.lines(out, OpenAiJson::node);
            case CSV -> new CsvFile(out);
            case CANONICAL -> JsonFile.lines(out, CanonicalJson::node);
        };
    }
}
