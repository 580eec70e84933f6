package dev.temper.platform.dataset;

import dev.temper.data.row.Row;

/**
 * A row of a version.
 *
 * @param number from 1
 * @param characters in all of its texts
 */
public record NumberedRow(long number, long characters, Row row) {}
