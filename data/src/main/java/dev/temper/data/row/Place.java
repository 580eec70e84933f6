package dev.temper.data.row;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands in what a customer gave.
 *
 * @param file its name, without folders of the customer's machine
 * @param within the part of the file, as a sheet or an entry of an archive
 * @param line the line, row, paragraph or page, from 1; 0 for the file as a whole
 * @param column the column, from 1, or its name
 */
public record Place(
        String file,
        @Nullable String within,
        long line,
        @Nullable String column) {
    public static Place of(String file, long line) {
        return new Place(file, null, line, null);
    }

    public Place column(String name) {
        return new Place(file, within, line, name);
    }
}
