package dev.temper.text.tokenizer;

import java.util.Arrays;

/**
 * Turns ids into text as they come. A character whose bytes are spread over several tokens is held back until it is
 * whole. For one thread.
 */
public final class StreamingDecoder {
    /** More bytes than a character has: what is still broken after so many tokens will stay broken. */
    private static final int LONGEST_WAIT = 8;

    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;
    private int[] ids = new int[64];
    private int count;
    /** Where decoding starts: some tokens back, since how a token is written can depend on the one before. */
    private int context;
    /** Up to where the text has been given out. */
    private int given;

    public StreamingDecoder(Tokenizer tokenizer, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
    }

    /** Takes the next id and returns the text that became certain by it, often none. */
    public String next(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
        return give(false);
    }

    /** What was held back, broken characters as U+FFFD. */
    public String finish() {
        return give(true);
    }

    private String give(boolean all) {
        String before = tokenizer.decode(ids, context, given, skipSpecialTokens);
        String now = tokenizer.decode(ids, context, count, skipSpecialTokens);
        boolean waiting = now.endsWith("\uFFFD") && count - given < LONGEST_WAIT;
        if (waiting && !all) {
            return "";
        }
        if (now.length() > before.length()) {
            context = given;
        }
        given = count;
        return now.substring(Math.min(before.length(), now.length()));
    }
}
