package dev.temper.data.shape;

import java.util.List;
import java.util.Locale;

/**
 * How a file could be mapped.
 *
 * @param confidence from 0 to 1; from {@link #CERTAIN} on nobody needs to be asked
 * @param why one thinks so
 * @param columns that the first records have, in order
 */
public record Proposal(Mapping mapping, double confidence, Why why, List<String> columns) {
    /** What a proposal rests on. */
    public enum Why {
        /** The columns are those of a known shape. */
        SHAPE_KNOWN,
        /** The columns are called as questions and answers are. */
        COLUMNS_NAMED,
        /** Some columns are; the others are those with the longest texts. */
        PARTLY_NAMED,
        /** The columns with the longest texts, the left one taken for the question. */
        LONGEST_TEXTS,
        /** There is but one column with texts. */
        ONE_TEXT,
        /** It is running text. */
        RUNNING_TEXT,
        /** It is running text with numbered questions, options and answers. */
        EXAM_TEXT;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final double CERTAIN = 0.9;

    public Proposal {
        columns = List.copyOf(columns);
    }

    public boolean isCertain() {
        return confidence >= CERTAIN;
    }
}
