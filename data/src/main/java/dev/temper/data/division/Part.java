package dev.temper.data.division;

import java.util.Locale;

/** What a row is for. */
enum Part {
    TRAIN('t'),
    VALIDATION('v'),
    TEST('e');

    private final byte mark;

    Part(char mark) {
        this.mark = (byte) mark;
    }

    /** What indexes on disk keep of it. */
    byte mark() {
        return mark;
    }

    static Part of(int mark) {
        for (Part part : values()) {
            if (part.mark == mark) {
                return part;
            }
        }
        throw new IllegalArgumentException("the mark " + mark);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
