package dev.temper.data.read;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.temper.contract.CodedException;
import dev.temper.data.row.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of characters with separated columns. */
final class CsvTableReader implements FormatReader {
    private final Content content;
    private final Charset charset;
    private final CsvFormat format;
    private final Limits limits;
    private final CloseableIterator<CsvRecord> records;
    private final Deque<CsvRecord> begun = new ArrayDeque<>();
    private int titles;
    private final long linesBefore;
    private long lastRead;
    private boolean looked;
    private @Nullable Header header;

    CsvTableReader(Content content, Charset charset, CsvFormat format, Limits limits) throws IOException {
        this.content = content;
        this.charset = charset;
        this.format = format;
        this.limits = limits;
        Reader in = new BufferedReader(Characters.open(content, charset), 1 << 16);
        this.linesBefore = skipSpoken(in);
        CsvRecordHandler bounded = CsvRecordHandler.builder()
                .maxFields(1 << 16)
                .maxFieldSize(limits.recordCharacters())
                .maxRecordSize(limits.recordCharacters())
                .build();
        this.records = CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .maxBufferSize(limits.recordCharacters())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(bounded, in)
                .iterator();
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (true) {
            CsvRecord row = record();
            if (row == null) {
                return null;
            }
            List<String> cells = row.getFields().stream().map(FormulaMark::off).toList();
            Place place = content.place(linesBefore + row.getStartingLineNumber());
            if (header != null) {
                return header.row(cells, place, charset);
            }
            if (titles-- > 0) {
                return new Flaw(ReadCode.ROW_ABOVE_HEADER, Map.of())
                        .at(place, TextReader.value(String.join(" ", cells).strip()));
            }
            if (!format.header()) {
                header = Header.numbered(cells.size(), place, limits);
                return header.row(cells, place, charset);
            }
            header = Header.named(cells, place, limits);
        }
    }

    private @Nullable CsvRecord record() {
        if (!looked) {
            looked = true;
            begin();
        }
        return begun.isEmpty() ? read() : begun.removeFirst();
    }

    /** Looks at the first rows for titles above the header. */
    private void begin() {
        for (CsvRecord row = read(); row != null; row = begun.size() < Header.LOOKED_AT ? read() : null) {
            begun.add(row);
        }
        titles = format.header()
                ? Header.titlesAbove(begun.stream().map(CsvRecord::getFields).toList())
                : 0;
    }

    private @Nullable CsvRecord read() {
        try {
            CsvRecord row = records.hasNext() ? records.next() : null;
            lastRead = row == null ? lastRead : linesBefore + row.getStartingLineNumber();
            return row;
        } catch (CsvParseException broken) {
            throw broken(broken);
        }
    }

    /** The parser can't go on: a quotation mark that is never closed has swallowed the rest, or there is no end of line. */
    private CodedException broken(CsvParseException thrown) {
        String reason = thrown.getMessage() == null ? "" : thrown.getMessage();
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        String why = cause.getMessage() == null ? reason : cause.getMessage();
        Place place = content.place(lastRead + 1);
        if (why.toLowerCase(Locale.ROOT).contains("max") || why.contains("exceed")) {
            return ReadCode.RECORD_TOO_LONG
                    .at(place, Map.of("limit", limits.recordCharacters()))
                    .because(thrown);
        }
        return ReadCode.CSV_BROKEN
                .at(place, Map.of("reason", Reasons.of(cause)))
                .because(thrown);
    }

    /** Passes a first line that only names the separator; how many lines that were. */
    private static int skipSpoken(Reader in) throws IOException {
        in.mark(CsvFormat.SPOKEN.length());
        char[] begin = new char[CsvFormat.SPOKEN.length()];
        int length = in.read(begin);
        if (length < begin.length || !CsvFormat.SPOKEN.equals(new String(begin))) {
            in.reset();
            return 0;
        }
        int read = in.read();
        while (read >= 0 && read != '\n') {
            read = in.read();
        }
        return 1;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
