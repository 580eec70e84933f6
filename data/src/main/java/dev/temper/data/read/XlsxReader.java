package dev.temper.data.read;

import dev.temper.data.row.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows of a workbook's sheets, streamed; cells as the text a person sees in them. */
final class XlsxReader implements FormatReader {
    /** Digits a spreadsheet computes and shows. */
    private static final MathContext SHOWN = new MathContext(15);

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^]]*]|\\\\.");
    private static final Pattern DATE = Pattern.compile("[ymdhs年月日时]", Pattern.CASE_INSENSITIVE);

    private final Content content;
    private final Limits limits;
    private final @Nullable Boolean named;
    private final ReadableWorkbook workbook;
    private final List<Sheet> sheets;

    private int sheet = -1;
    private @Nullable Stream<Row> stream;
    private @Nullable Iterator<Row> rows;
    private @Nullable Header header;
    private final Deque<Row> begun = new ArrayDeque<>();
    private int titles;

    XlsxReader(Content content, ReadSettings settings, Limits limits) throws IOException {
        this.content = content;
        this.limits = limits;
        this.named = settings.header();
        new XmlGuard(content, limits).check("xl/sharedStrings.xml");
        try {
            this.workbook = new ReadableWorkbook(content.path().toFile(), new ReadingOptions(true, true));
            this.sheets = chosen(settings.sheets());
        } catch (ExcelReaderException | IOException broken) {
            throw ReadCode.FILE_BROKEN
                    .at(content.place(0), Map.of("reason", Reasons.of(broken)))
                    .because(broken);
        }
    }

    private List<Sheet> chosen(List<String> names) {
        List<Sheet> all = workbook.getSheets().toList();
        if (names.isEmpty()) {
            return all;
        }
        List<Sheet> chosen =
                all.stream().filter(one -> names.contains(one.getName())).toList();
        for (String name : names) {
            if (chosen.stream().noneMatch(one -> one.getName().equals(name))) {
                String there = all.stream().map(Sheet::getName).collect(Collectors.joining(", "));
                throw ReadCode.SHEET_MISSING.at(content.place(0), Map.of("sheet", name, "sheets", there));
            }
        }
        return chosen;
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (true) {
            Row row = row();
            if (row == null) {
                return null;
            }
            Header known = header;
            if (known != null) {
                return item(row, known);
            }
            if (titles-- > 0) {
                return new Flaw(ReadCode.ROW_ABOVE_HEADER, Map.of())
                        .at(
                                place(row),
                                TextReader.value(String.join(" ", texts(row)).strip()));
            }
            Item unnamed = begin(row);
            if (unnamed != null) {
                return unnamed;
            }
        }
    }

    /** The next row that is not blank; null at the end of the last sheet. */
    private @Nullable Row row() throws IOException {
        while (begun.isEmpty()) {
            Row row = read();
            if (row != null) {
                return row;
            }
            if (!nextSheet()) {
                return null;
            }
        }
        return begun.removeFirst();
    }

    /** The next row of the open sheet that is not blank; null at its end. */
    private @Nullable Row read() {
        Iterator<Row> of = rows;
        while (of != null && of.hasNext()) {
            Row row = of.next();
            if (!isBlank(row)) {
                return row;
            }
        }
        return null;
    }

    private boolean nextSheet() throws IOException {
        closeSheet();
        sheet++;
        if (sheet >= sheets.size()) {
            return false;
        }
        Stream<Row> opened = sheets.get(sheet).openStream();
        stream = opened;
        rows = opened.iterator();
        header = null;
        for (Row row = read(); row != null; row = begun.size() < Header.LOOKED_AT ? read() : null) {
            begun.add(row);
        }
        titles = Boolean.FALSE.equals(named)
                ? 0
                : Header.titlesAbove(begun.stream().map(XlsxReader::texts).toList());
        return true;
    }

    /** The first row of a sheet's table: its names, or where it has none, a row like the others. */
    private @Nullable Item begin(Row row) {
        List<String> cells = texts(row);
        boolean names = named == null ? Header.looksLikeNames(cells) : named;
        header = names ? Header.named(cells, place(row), limits) : Header.numbered(cells.size(), place(row), limits);
        return names ? null : item(row, header);
    }

    private Item item(Row row, Header under) {
        List<String> cells = new ArrayList<>(texts(row));
        cells.addAll(Collections.nCopies(Math.max(0, under.names().size() - cells.size()), ""));
        for (Cell cell : row) {
            if (cell != null && cell.getType() == CellType.ERROR) {
                String column = cell.getColumnIndex() < under.names().size()
                        ? under.names().get(cell.getColumnIndex())
                        : "column " + (cell.getColumnIndex() + 1);
                Item shown = under.row(cells, place(row), StandardCharsets.UTF_8);
                JsonNode value = shown instanceof Item.Value good ? good.value() : Json.NODES.objectNode();
                return new Flaw(ReadCode.CELL_ERROR, Map.of("error", String.valueOf(cell.getRawValue())))
                        .at(place(row).column(column), value);
            }
        }
        return under.row(cells, place(row), StandardCharsets.UTF_8);
    }

    private Place place(Row row) {
        return content.place(sheets.get(sheet).getName(), row.getRowNum());
    }

    private static boolean isBlank(Row row) {
        return texts(row).stream().allMatch(String::isBlank);
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>(row.getCellCount());
        for (Cell cell : row) {
            texts.add(cell == null ? "" : text(cell));
        }
        return texts;
    }

    private static String text(Cell cell) {
        return switch (cell.getType()) {
            case NUMBER -> number(cell);
            case BOOLEAN -> Boolean.TRUE.equals(cell.getValue()) ? "TRUE" : "FALSE";
            case FORMULA -> computed(cell);
            case STRING, ERROR, EMPTY -> cell.getText() == null ? "" : cell.getText();
        };
    }

    private static String number(Cell cell) {
        String format = cell.getDataFormatString();
        if (format != null
                && DATE.matcher(QUOTED.matcher(format).replaceAll("")).find()) {
            return cell.asDate().toString().replace('T', ' ').replaceFirst(" 00:00$", "");
        }
        return plain(cell.asNumber());
    }

    /** What the workbook's own program computed last. */
    private static String computed(Cell cell) {
        return cell.getValue() instanceof BigDecimal number ? plain(number) : String.valueOf(cell.getText());
    }

    private static String plain(BigDecimal number) {
        BigDecimal rounded = number.round(SHOWN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private void closeSheet() {
        if (stream != null) {
            stream.close();
        }
        stream = null;
        rows = null;
    }

    @Override
    public double progress() {
        return sheets.isEmpty() ? 1 : Math.min(1, Math.max(0, sheet) / (double) sheets.size());
    }

    @Override
    public void close() throws IOException {
        closeSheet();
        workbook.close();
    }
}
