package dev.temper.text.template;

import dev.temper.contract.CodedException;

/**
 * How conversations become samples.
 *
 * @param cutoffLength the most tokens a sample may have
 * @param maskHistory learn the last answer alone
 * @param trainOnPrompt learn the prompts too
 * @param thinking for reasoning templates: an answer without a thought gets an empty one that is learned; off, thoughts
 *     are taken out and the empty one belongs to the prompt
 * @param controlTokensInText LLaMA-Factory's reading: control tokens written in what is said count as such, and
 *     {@code {{idx}}} in a user's message becomes the number of the turn. Off, text is text.
 */
public record EncodingOptions(
        int cutoffLength, boolean maskHistory, boolean trainOnPrompt, boolean thinking, boolean controlTokensInText) {
    public EncodingOptions {
        if (cutoffLength < 1) {
            throw CodedException.user(
                    "cutoff_length_too_small",
                    "cutoff_len is " + cutoffLength + "; a sample needs at least one token.",
                    "Set cutoff_len to the number of tokens a sample may have, 2048 as a rule.");
        }
    }

    public static EncodingOptions cutoff(int cutoffLength) {
        return new EncodingOptions(cutoffLength, false, false, true, false);
    }

    public EncodingOptions withMaskHistory(boolean on) {
        return new EncodingOptions(cutoffLength, on, trainOnPrompt, thinking, controlTokensInText);
    }

    public EncodingOptions withTrainOnPrompt(boolean on) {
        return new EncodingOptions(cutoffLength, maskHistory, on, thinking, controlTokensInText);
    }

    public EncodingOptions withThinking(boolean on) {
        return new EncodingOptions(cutoffLength, maskHistory, trainOnPrompt, on, controlTokensInText);
    }

    public EncodingOptions withControlTokensInText(boolean on) {
        return new EncodingOptions(cutoffLength, maskHistory, trainOnPrompt, thinking, on);
    }
}
