package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import java.util.List;

/**
 * A row of a version.
 *
 * @param number from 1
 * @param characters in all of its texts
 */
public record NumberedRow(long number, long characters, Row row) {
    /** What is wrong with it, by code: an answer that is missing or empty, kinds of personal data, secrets. */
    public List<String> problems() {
        return Problems.of(row);
    }
}
