package dev.temper.data.learn;

import dev.temper.text.template.EncodingOptions;
import dev.temper.text.template.Sample;
import dev.temper.text.template.Truncation;
import dev.temper.text.template.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a cutoff does to one row.
 *
 * @param loss why nothing is learned from it; null where something is
 * @param lastCut whether its last answer is cut, or all of it gone
 */
public record Fate(Truncation truncation, @Nullable Loss loss, boolean lastCut) {
    public static Fate of(int[] lengths, EncodingOptions options) {
        Truncation truncation = Truncation.of(lengths, options);
        Loss loss = switch (Verdict.of(truncation)) {
            case KEPT -> null;
            case NOTHING_TO_LEARN -> Loss.NOTHING_TO_LEARN;
            case PROMPT_TOO_LONG -> Loss.PROMPT_TOO_LONG;
        };
        int last = lengths.length - 1;
        return new Fate(truncation, loss, truncation.kept()[last] < lengths[last]);
    }

    /** Whether the cutoff takes anything. */
    public boolean affected() {
        return !truncation.cut().isNothing();
    }

    /** Whether it is trained on without a part of its answers. */
    public boolean answerCut() {
        Sample.Cut cut = truncation.cut();
        return loss == null && (cut.responseTokens() > 0 || cut.turns() > 0);
    }

    public boolean answerLost() {
        return loss == Loss.NOTHING_TO_LEARN;
    }

    /** Whether it is trained on without the end of its last answer. */
    public boolean endless() {
        return loss == null && lastCut;
    }
}
