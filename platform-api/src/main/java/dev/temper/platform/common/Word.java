package dev.temper.platform.common;

/** A fact that is itself a word of the platform, said in the reader's language; {@code word.<key>} in the bundles. */
public enum Word {
    TEXT,
    WHOLE_NUMBER,
    NUMBER,
    TRUE_OR_FALSE,
    LIST,
    OBJECT,
    MOMENT,
    DATE,
    DURATION,
    ID,
    ANOTHER_VALUE
}
