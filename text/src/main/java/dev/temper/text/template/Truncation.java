package dev.temper.text.template;

/**
 * How much of a conversation fits, by the lengths of its turns alone: who has counted the tokens once knows what every
 * cutoff does to them.
 *
 * @param kept of each prompt and response, in the order of the lengths, how many tokens of its head are kept
 * @param cut what is not
 * @param learned how many of the kept tokens are learned
 */
@SuppressWarnings("ArrayRecordComponent") // counts stay arrays; nobody compares two of these
public record Truncation(int[] kept, Sample.Cut cut, int learned) {
    /** @param lengths prompt, response, prompt, response … */
    public static Truncation of(int[] lengths, EncodingOptions options) {
        int[] kept = new int[lengths.length];
        int length = 0;
        int learned = 0;
        int promptCut = 0;
        int responseCut = 0;
        int turnsLeft = 0;
        int tokensLeft = 0;
        int last = lengths.length / 2 - 1;
        for (int i = 0; i <= last; i++) {
            // The last answer matters most when it is the only one learned, so it is fitted in first.
            int turn = options.maskHistory() ? last - i : i;
            int prompt = lengths[2 * turn];
            int response = lengths[2 * turn + 1];
            if (length >= options.cutoffLength()) {
                turnsLeft++;
                tokensLeft += prompt + response;
                continue;
            }
            Budget budget = Budget.of(prompt, response, options.cutoffLength() - length);
            kept[2 * turn] = budget.prompt();
            kept[2 * turn + 1] = budget.response();
            length += budget.prompt() + budget.response();
            promptCut += prompt - budget.prompt();
            responseCut += response - budget.response();
            learned += options.trainOnPrompt() ? budget.prompt() : 0;
            learned += learnsAnswer(turn, last, options) ? budget.response() : 0;
        }
        return new Truncation(kept, new Sample.Cut(promptCut, responseCut, turnsLeft, tokensLeft), learned);
    }

    static boolean learnsAnswer(int turn, int last, EncodingOptions options) {
        return !options.maskHistory() || turn == last;
    }

    /** How many tokens are kept. */
    public int length() {
        int sum = 0;
        for (int each : kept) {
            sum += each;
        }
        return sum;
    }
}
