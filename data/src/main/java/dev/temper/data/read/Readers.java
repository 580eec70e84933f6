package dev.temper.data.read;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The reader of each format. */
final class Readers {
    private Readers() {}

    static FormatReader open(Content content, Detected detected, ReadSettings settings, Limits limits, Path scratch)
            throws IOException {
        Charset charset = detected.charset() == null ? StandardCharsets.UTF_8 : detected.charset();
        return switch (detected.format()) {
            case JSON -> new JsonReader(content, charset, detected.paths(), limits);
            case JSONL -> new JsonLinesReader(content, charset, limits);
            case CSV, TSV -> new CsvTableReader(content, charset, table(detected), limits);
            case TEXT -> new TextReader(content, charset, limits, false);
            case MARKDOWN -> new TextReader(content, charset, limits, true);
            case HTML -> new HtmlReader(content, charset, limits);
            case XLSX -> new XlsxReader(content, settings, limits);
            case PARQUET -> new ParquetReader(content, limits);
            case DOCX -> new DocxReader(content, limits);
            case PDF -> new PdfReader(content);
            case ZIP -> new ZipReader(content, settings, limits, scratch);
        };
    }

    private static CsvFormat table(Detected detected) {
        return new CsvFormat(detected.delimiter() == null ? ',' : detected.delimiter(), detected.header());
    }
}
