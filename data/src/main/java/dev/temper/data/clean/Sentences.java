package dev.temper.data.clean;

/** Where a text can be cut so that it still reads. */
final class Sentences {
    private static final String ENDS = "\n\u3002\uFF01\uFF1F\uFF1B!?;";
    private static final String CLOSING = "\"')]\u201D\u2019\u300D\u300F\uFF09\u3011";

    private Sentences() {}

    /**
     * The last end of a sentence in the second half of the first {@code most} characters, else the last blank there, else
     * {@code most} itself.
     */
    static int end(String text, int most) {
        if (most >= text.length()) {
            return text.length();
        }
        int blank = most;
        for (int i = most; i > most / 2; i--) {
            char before = text.charAt(i - 1);
            boolean fullStop = before == '.' && Character.isWhitespace(text.charAt(i));
            if (fullStop || ENDS.indexOf(before) >= 0) {
                return closed(text, i, most);
            }
            if (blank == most && Character.isWhitespace(before)) {
                blank = i;
            }
        }
        return blank;
    }

    /** Quotes and brackets that close belong to the sentence. */
    private static int closed(String text, int end, int most) {
        int closed = end;
        while (closed < most && CLOSING.indexOf(text.charAt(closed)) >= 0) {
            closed++;
        }
        return closed;
    }
}
