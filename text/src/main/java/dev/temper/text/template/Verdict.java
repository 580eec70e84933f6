package dev.temper.text.template;

/** Whether a sample is worth training on. What LLaMA-Factory trains on all the same is left out here, and said. */
public enum Verdict {
    KEPT,
    /** No token of an answer is left to learn. */
    NOTHING_TO_LEARN,
    /** The heads are kept, so whatever is cut off a prompt takes the header of the answer with it. */
    PROMPT_TOO_LONG;

    public static Verdict of(Sample sample) {
        return of(sample.supervised(), sample.cut());
    }

    public static Verdict of(Truncation truncation) {
        return of(truncation.learned(), truncation.cut());
    }

    private static Verdict of(int learned, Sample.Cut cut) {
        if (learned == 0) {
            return NOTHING_TO_LEARN;
        }
        return cut.promptTokens() > 0 ? PROMPT_TOO_LONG : KEPT;
    }
}
