package dev.temper.data.read;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What separates the columns of a table of characters, and whether a first row names them. A first line {@code sep=;}, as
 * spreadsheets write it, says it outright.
 */
record CsvFormat(char delimiter, boolean header) {
    static final String SPOKEN = "sep=";

    private static final char[] DELIMITERS = {',', '\t', ';', '|'};
    private static final int LOOKED_AT = 100;
    private static final int ENOUGH_ROWS = 3;

    /** What the beginning of a file shows; null where it is no table. */
    static @Nullable CsvFormat in(String head, boolean whole) {
        String text = whole ? head : head.substring(0, head.lastIndexOf('\n') + 1);
        if (text.startsWith(SPOKEN) && text.length() > 5 && (text.charAt(5) == '\n' || text.charAt(5) == '\r')) {
            char spoken = text.charAt(4);
            return new CsvFormat(spoken, true);
        }
        CsvFormat best = null;
        double bestScore = 0;
        for (char delimiter : DELIMITERS) {
            List<List<String>> rows = rows(text, delimiter);
            double score = score(rows);
            if (score > bestScore) {
                bestScore = score;
                int titles = Header.titlesAbove(first(rows));
                best = new CsvFormat(delimiter, Header.looksLikeNames(rows.get(titles)));
            }
        }
        return best;
    }

    /** What is read with one column: a list under a heading. */
    static CsvFormat oneColumn(String head) {
        return new CsvFormat(
                ',', Header.looksLikeNames(List.of(head.lines().findFirst().orElse(""))));
    }

    /** Rows that agree on more than one column, and the more columns the better; 0 where they don't agree. */
    private static double score(List<List<String>> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
        int titles = Header.titlesAbove(first(rows));
        int columns = rows.isEmpty() ? 0 : rows.get(titles).size();
        double agreeing = rows.isEmpty() ? 0 : (double) counts.getOrDefault(columns, 0) / (rows.size() - titles);
        return columns > 1 && agreeing >= 0.7 ? agreeing + Math.min(columns, 50) / 1000.0 : 0;
    }

    private static List<List<String>> first(List<List<String>> rows) {
        return rows.subList(0, Math.min(rows.size(), Header.LOOKED_AT));
    }

    private static List<List<String>> rows(String text, char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        CsvReader.CsvReaderBuilder lenient = CsvReader.builder()
                .fieldSeparator(delimiter)
                .trimWhitespacesAroundQuotes(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(true);
        try (CloseableIterator<CsvRecord> all = lenient.ofCsvRecord(text).iterator()) {
            while (all.hasNext() && rows.size() < LOOKED_AT) {
                rows.add(all.next().getFields());
            }
        } catch (CsvParseException | IOException tooMuch) {
            return rows;
        }
        return rows;
    }

    /** Whether so few rows agree by chance that only the file's name could make them a table. */
    static boolean isConvincing(String head, CsvFormat format) {
        List<List<String>> rows = rows(head, format.delimiter);
        boolean tabs = format.delimiter == '\t';
        return rows.size() >= ENOUGH_ROWS
                && format.header
                && (tabs || rows.getFirst().stream().noneMatch(CsvFormat::isSentence));
    }

    private static boolean isSentence(String cell) {
        return (cell.strip().contains(" ") && cell.length() > 30) || cell.matches(".*[.。!?！？]\\s*$") || cell.isBlank();
    }
}
