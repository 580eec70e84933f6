package dev.temper.data.row;

import java.util.Locale;

/** What a row can be trained with. */
public enum RowKind {
    /** A conversation whose answers are learned. */
    CONVERSATION,
    /** A conversation with a better and a worse answer. */
    PREFERENCE,
    /** A conversation whose last answer was judged good or bad. */
    JUDGED,
    /** Plain text for continued pre-training. */
    TEXT;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
