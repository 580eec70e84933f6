package dev.temper.data.read;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The reader of each format. */
final class Readers {
    private Readers() {}

    static FormatReader open(Content content, Detected detected, Limits limits) throws IOException {
        Charset charset = detected.charset() == null ? StandardCharsets.UTF_8 : detected.charset();
        return switch (detected.format()) {
            case JSON -> new JsonReader(content, charset, detected.paths(), limits);
            case JSONL -> new JsonLinesReader(content, charset, limits);
            case CSV, TSV -> new CsvTableReader(content, charset, table(detected), limits);
            case TEXT -> new TextReader(content, charset, limits, false);
            case MARKDOWN -> new TextReader(content, charset, limits, true);
            case XLSX, PARQUET, HTML, DOCX, PDF, ZIP ->
                throw ReadCode.FILE_FORMAT_UNKNOWN.at(content.place(0), Map.of());
        };
    }

    private static CsvFormat table(Detected detected) {
        return new CsvFormat(detected.delimiter() == null ? ',' : detected.delimiter(), detected.header());
    }
}
