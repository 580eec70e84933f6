package dev.temper.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is learned from, and how rows become tokens.
 *
 * @param train one source at least
 * @param evaluation sources that are only evaluated on
 * @param valSize what is held out of {@code train}: a share below 1, a number of rows from 1 on; 0 for nothing
 * @param template the name of a chat template, {@code auto} for the model's own
 * @param defaultSystem the system prompt of rows that have none, in place of the template's
 * @param cutoffLen tokens a sample may have; what is longer is truncated or left out
 * @param trainOnPrompt whether prompts are learned too
 * @param maskHistory whether only the last answer of a conversation is learned
 * @param enableThinking whether the empty thought that reasoning templates insert is learned
 * @param packing whether micro-batches are filled by tokens; the samples of a step are the same either way
 * @param groupByLength whether samples of like length are drawn together
 * @param shuffle whether each epoch has its own order; else the file's
 * @param shuffleSeed the seed of order and split; absent, the run's
 */
public record DataSpec(
        List<DataSource> train,
        List<DataSource> evaluation,
        double valSize,
        Mixing mixing,
        String template,
        @Nullable String defaultSystem,
        int cutoffLen,
        boolean trainOnPrompt,
        boolean maskHistory,
        boolean enableThinking,
        boolean packing,
        boolean groupByLength,
        boolean shuffle,
        @Nullable Long shuffleSeed,
        Compatibility compatibility) {
    public DataSpec {
        Check.notEmpty("data.train", train);
        Check.atLeast("data.valSize", valSize, 0);
        Check.notBlank("data.template", template);
        Check.atLeast("data.cutoffLen", cutoffLen, 2);
        train = List.copyOf(train);
        evaluation = List.copyOf(evaluation);
        if (valSize > 0 && !evaluation.isEmpty()) {
            throw Check.invalid(
                    "data.valSize", valSize + "", "0 where evaluation sources are given, or no such sources");
        }
    }

    /** Whether there is anything to evaluate on. */
    public boolean evaluates() {
        return valSize > 0 || !evaluation.isEmpty();
    }
}
