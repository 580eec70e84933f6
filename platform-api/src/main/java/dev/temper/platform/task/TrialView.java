package dev.temper.platform.task;

import dev.temper.contract.GenerateSpec.Sampling;
import dev.temper.platform.job.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked of what a task has trained, and what it answered as far as it has.
 *
 * @param step of the checkpoint; null for what the run ended with
 * @param template the chat template it is asked with, which is the one it learned with; {@code auto} for the model's own
 * @param job how the answering goes; its id is the trial's
 */
public record TrialView(@Nullable Long step, String template, Sampling sampling, JobView job, List<Asked> asked) {
    public TrialView {
        asked = List.copyOf(asked);
    }

    /**
     * A conversation and how it goes on.
     *
     * @param system what the model was told beforehand; null for what it was told while it learned
     * @param messages user and assistant in turn, the user's last
     * @param answer null before the first word
     * @param base what the model answered before it learned; null before the first word, or where it is not asked
     */
    public record Asked(
            @Nullable String system,
            List<String> messages,
            @Nullable Answer answer,
            @Nullable Answer base) {
        public Asked {
            messages = List.copyOf(messages);
        }

        public String question() {
            return messages.getLast();
        }
    }

    /**
     * What was said so far.
     *
     * @param end null while it goes on; {@code token} where the model ended it, {@code length} where it was cut off
     */
    public record Answer(String text, @Nullable String end) {}
}
