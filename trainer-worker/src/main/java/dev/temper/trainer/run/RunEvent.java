package dev.temper.trainer.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What happens in a run, in its order. */
public sealed interface RunEvent {
    /**
     * A step is done.
     *
     * @param loss of this step
     * @param meanLoss since the last line of the log, where one is due
     * @param epoch in fractions
     * @param tokensPerSecond of this step
     */
    record Stepped(
            int step,
            int totalSteps,
            double loss,
            @Nullable Double meanLoss,
            double rate,
            double gradientNorm,
            double epoch,
            long tokens,
            double seconds,
            double tokensPerSecond)
            implements RunEvent {}

    /**
     * The held-out rows were looked at.
     *
     * @param accuracy the share of tokens predicted right
     * @param best whether none before was better
     */
    record Evaluated(
            int step,
            int totalSteps,
            double loss,
            @Nullable Double accuracy,
            double epoch,
            boolean best,
            double runSeconds,
            double seconds)
            implements RunEvent {}

    /**
     * What the model answers to a prompt by now.
     *
     * @param step 0 before the first one
     * @param prompt what is asked, without the markup around it where that can be told apart
     * @param expected the answer of the held-out row; null where somebody made the prompt up
     */
    record Answered(
            int step,
            String prompt,
            String answer,
            @Nullable String expected) implements RunEvent {}

    /** The run is safe up to here. */
    record Saved(int step, Path folder) implements RunEvent {}

    /** Something worth a line. */
    record Notice(String text) implements RunEvent {}
}
