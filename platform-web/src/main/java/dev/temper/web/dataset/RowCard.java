package dev.temper.web.dataset;

import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.platform.dataset.NumberedRow;

/**
 * A row as a list draws it: the beginning of what is asked and of what is learned.
 *
 * @param place the file, the part of it, the line; empty for a row that was added by hand
 */
record RowCard(long number, String href, String question, String answer, String place) {
    private static final int QUESTION = 400;
    private static final int ANSWER = 600;

    static RowCard of(NumberedRow row, String version) {
        return new RowCard(
                row.number(),
                version + "/rows/" + row.number(),
                beginning(RowText.question(row.row()), QUESTION),
                beginning(RowText.answer(row.row()), ANSWER),
                place(row.row()));
    }

    static String place(Row row) {
        Place place = row.place();
        return place.file().isEmpty()
                ? ""
                : place.file() + (place.within() == null ? "" : " · " + place.within()) + " · " + place.line();
    }

    private static String beginning(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
