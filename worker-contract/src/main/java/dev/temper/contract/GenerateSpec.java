package dev.temper.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of what a run has trained, to try it.
 *
 * @param run what trained it; its rows are not needed any more
 * @param trained the folder, below the job's own, with what the run ended with or a checkpoint of it
 * @param step of that checkpoint; null for what the run ended with
 * @param asked each is answered for itself
 * @param base whether the model as it was before the run is asked, too
 */
public record GenerateSpec(
        RunSpec run, String trained, @Nullable Long step, List<Asked> asked, Sampling sampling, boolean base) {
    /** As an offer of such a job calls it. */
    public static final String KIND = "generate";

    public static final int MOST_ASKED = 16;
    public static final int MOST_MESSAGES = 64;
    /** Of all that is said in one of them, in characters. */
    public static final int LONGEST = 16_000;

    public GenerateSpec {
        Check.present("run", run);
        Check.present("asked", asked);
        Check.present("sampling", sampling);
        Check.notBlank("trained", trained);
        Check.notEmpty("asked", asked);
        if (asked.size() > MOST_ASKED) {
            throw Check.invalid("asked", asked.size() + " of them", MOST_ASKED + " at most");
        }
        asked = List.copyOf(asked);
    }

    /**
     * A conversation to go on with.
     *
     * @param system what the model is told beforehand; null for what it was told while it learned
     * @param messages of user and assistant in turn, the user's first and last
     */
    public record Asked(@Nullable String system, List<String> messages) {
        public Asked {
            Check.notEmpty("asked.messages", messages);
            if (messages.size() > MOST_MESSAGES || messages.size() % 2 == 0) {
                throw Check.invalid(
                        "asked.messages", messages.size() + " of them", "an odd number, " + MOST_MESSAGES + " at most");
            }
            messages.forEach(message -> Check.notBlank("asked.messages", message));
            messages = List.copyOf(messages);
            int length = messages.stream().mapToInt(String::length).sum() + (system == null ? 0 : system.length());
            if (length > LONGEST) {
                throw Check.invalid("asked", length + " characters long", LONGEST + " characters at most");
            }
        }

        /** What is asked last. */
        public String question() {
            return messages.getLast();
        }
    }

    /**
     * How answers are drawn.
     *
     * @param maxTokens where an answer is cut off
     * @param temperature 0 for the likeliest token always
     * @param topP only the likeliest tokens whose probabilities add up to this are drawn from; 1 for all
     * @param topK only so many of the likeliest tokens are drawn from; 0 for all
     * @param repetitionPenalty 1 for none
     * @param seed the same draws the same
     */
    public record Sampling(
            int maxTokens, double temperature, double topP, int topK, double repetitionPenalty, long seed) {
        public static final int MOST_TOKENS = 4_096;

        /** As {@code ./temper generate} does where nobody says otherwise, but shorter. */
        public static final Sampling DEFAULT = new Sampling(256, 0.95, 0.7, 50, 1, 42);

        public Sampling {
            within("sampling.maxTokens", maxTokens, 1, MOST_TOKENS);
            within("sampling.temperature", temperature, 0, 5);
            within("sampling.topP", topP, 0.01, 1);
            within("sampling.topK", topK, 0, 10_000);
            within("sampling.repetitionPenalty", repetitionPenalty, 0.1, 10);
        }

        private static void within(String key, double value, double least, double most) {
            if (!(value >= least && value <= most)) {
                throw Check.invalid(key, String.valueOf(value), "from " + least + " to " + most);
            }
        }
    }
}
