package dev.temper.text.template;

/** How many tokens of a prompt and of an answer are kept when both must fit: LLaMA-Factory's rule, heads are kept. */
record Budget(int prompt, int response) {
    /** @param remaining the tokens there is room for */
    static Budget of(int prompt, int response, int remaining) {
        int most;
        if (2L * response < remaining) {
            most = remaining;
        } else if (2L * prompt < remaining) {
            most = remaining - prompt;
        } else {
            most = (int) (remaining * ((double) response / (prompt + response)));
        }
        int keptResponse = Math.min(most, response);
        int keptPrompt = Math.min(Math.max(remaining - keptResponse, 0), prompt);
        return new Budget(keptPrompt, keptResponse);
    }
}
