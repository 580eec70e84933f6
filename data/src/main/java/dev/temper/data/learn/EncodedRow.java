package dev.temper.data.learn;

import dev.temper.text.template.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as tokens, uncut, or why it can't be. */
public sealed interface EncodedRow {
    /**
     * One that has something to teach. Plain text is one answer to an empty prompt.
     *
     * @param turns of a pair of answers one, with the better answer
     * @param rejected the worse answer to the same prompt; null where answers are not compared
     */
    record Turns(List<Turn> turns, @Nullable Turn rejected) implements EncodedRow {
        public Turns {
            turns = List.copyOf(turns);
        }

        /** Prompt, response, prompt, response …; of two answers the longer, as a pair is cut by that. */
        public int[] lengths() {
            int[] lengths = new int[2 * turns.size()];
            for (int i = 0; i < turns.size(); i++) {
                lengths[2 * i] = turns.get(i).prompt().length;
                lengths[2 * i + 1] = turns.get(i).response().length;
            }
            if (rejected != null) {
                lengths[1] = Math.max(lengths[1], rejected.response().length);
            }
            return lengths;
        }
    }

    record Unfit(Loss loss) implements EncodedRow {}
}
