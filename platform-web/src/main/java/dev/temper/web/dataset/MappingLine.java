package dev.temper.web.dataset;

import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import dev.temper.data.shape.MappingPreview;
import dev.temper.data.shape.Outcome;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One record of a mapping's preview as it is drawn.
 *
 * @param cells as the file has them
 * @param said what the row becomes, turn by turn; empty where it is left out
 * @param leftOut why it is left out
 */
record MappingLine(
        List<Cell> cells, List<Said> said, @Nullable String leftOut) {
    private static final int SHOWN = 300;

    record Cell(String column, String text) {}

    /** @param role a message's key */
    record Said(String role, String text) {}

    /** @param reasons why a row is left out, in the reader's language */
    static MappingLine of(MappingPreview.Line line, Function<LeftOut, String> reasons) {
        return switch (line.outcome()) {
            case Outcome.Kept(Row row) -> new MappingLine(cells(line.source()), said(row), null);
            case Outcome.Left(LeftOut left) ->
                new MappingLine(
                        cells(line.source() == null ? left.content() : line.source()), List.of(), reasons.apply(left));
        };
    }

    private static List<Cell> cells(@Nullable JsonNode source) {
        if (source == null) {
            return List.of();
        }
        if (!source.isObject()) {
            return List.of(new Cell("", cut(source.isString() ? source.stringValue() : source.toString())));
        }
        return source.properties().stream()
                .map(cell -> new Cell(
                        cell.getKey(),
                        cut(
                                cell.getValue().isString()
                                        ? cell.getValue().stringValue()
                                        : cell.getValue().toString())))
                .filter(cell -> !cell.text().isBlank())
                .toList();
    }

    private static List<Said> said(Row row) {
        if (row.turns().isEmpty()) {
            return List.of(new Said("mapping.role.text", cut(row.text() == null ? "" : row.text())));
        }
        return row.turns().stream().map(MappingLine::said).toList();
    }

    private static Said said(Turn turn) {
        return new Said("mapping.role." + turn.speaker().id(), cut(turn.text()));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
