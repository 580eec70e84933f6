package dev.temper.text.template;

import java.util.Arrays;
import java.util.List;

/** Turns to samples: what fits, and what of it is learned. */
final class Samples {
    private Samples() {}

    static Sample of(List<Turn> turns, EncodingOptions options) {
        int[] lengths = new int[2 * turns.size()];
        for (int i = 0; i < turns.size(); i++) {
            lengths[2 * i] = turns.get(i).prompt().length;
            lengths[2 * i + 1] = turns.get(i).response().length;
        }
        Truncation truncation = Truncation.of(lengths, options);
        int[] kept = truncation.kept();
        int[] ids = new int[truncation.length()];
        int[] labels = new int[ids.length];
        int at = 0;
        for (int i = 0; i < turns.size(); i++) {
            boolean answer = Truncation.learnsAnswer(i, turns.size() - 1, options);
            at = copy(turns.get(i).prompt(), kept[2 * i], options.trainOnPrompt(), ids, labels, at);
            at = copy(turns.get(i).response(), kept[2 * i + 1], answer, ids, labels, at);
        }
        return new Sample(ids, labels, truncation.cut());
    }

    static PreferencePair pair(Turn chosen, Turn rejected, EncodingOptions options) {
        int longest = Math.max(chosen.response().length, rejected.response().length);
        Budget budget = Budget.of(chosen.prompt().length, longest, options.cutoffLength());
        // Both answers follow the chosen one's prompt, so that nothing but the answer differs.
        return new PreferencePair(
                side(chosen.prompt(), chosen.response(), budget), side(chosen.prompt(), rejected.response(), budget));
    }

    private static Sample side(int[] prompt, int[] response, Budget budget) {
        int kept = Math.min(budget.response(), response.length);
        int[] ids = new int[budget.prompt() + kept];
        int[] labels = new int[ids.length];
        int at = copy(prompt, budget.prompt(), false, ids, labels, 0);
        copy(response, kept, true, ids, labels, at);
        return new Sample(ids, labels, new Sample.Cut(prompt.length - budget.prompt(), response.length - kept, 0, 0));
    }

    private static int copy(int[] source, int count, boolean learn, int[] ids, int[] labels, int at) {
        System.arraycopy(source, 0, ids, at, count);
        if (learn) {
            System.arraycopy(source, 0, labels, at, count);
        } else {
            Arrays.fill(labels, at, at + count, Sample.IGNORED);
        }
        return at + count;
    }
}
