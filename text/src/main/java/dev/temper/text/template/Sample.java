package dev.temper.text.template;

/**
 * What a model learns from one conversation.
 *
 * @param ids the tokens
 * @param labels the same where learned, {@link #IGNORED} elsewhere; not shifted
 * @param cut what did not fit
 */
@SuppressWarnings("ArrayRecordComponent") // ids stay arrays; nobody compares two of these
public record Sample(int[] ids, int[] labels, Cut cut) {
    /** The label of a token that is not learned. */
    public static final int IGNORED = -100;

    /**
     * What truncation took away.
     *
     * @param promptTokens tokens cut off prompts
     * @param responseTokens tokens cut off answers
     * @param turns turns that were left out whole
     * @param turnTokens the tokens of those
     */
    public record Cut(int promptTokens, int responseTokens, int turns, int turnTokens) {
        public static final Cut NOTHING = new Cut(0, 0, 0, 0);

        public boolean isNothing() {
            return promptTokens == 0 && responseTokens == 0 && turns == 0;
        }
    }

    public int length() {
        return ids.length;
    }

    /** How many tokens are learned; a sample with none must not be trained on. */
    public int supervised() {
        int count = 0;
        for (int label : labels) {
            if (label != IGNORED) {
                count++;
            }
        }
        return count;
    }
}
