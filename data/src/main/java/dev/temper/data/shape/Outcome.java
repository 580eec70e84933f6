package dev.temper.data.shape;

import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;

/** What became of what stood in a file: a row, or a reason why there is none. Their numbers add up to what stood there. */
public sealed interface Outcome {
    record Kept(Row row) implements Outcome {}

    record Left(LeftOut leftOut) implements Outcome {}
}
