package dev.temper.text.template;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Turns to samples: what fits, and what of it is learned. */
final class Samples {
    private Samples() {}

    static Sample of(List<Turn> turns, EncodingOptions options) {
        Deque<Part> kept = new ArrayDeque<>();
        int length = 0;
        int promptCut = 0;
        int responseCut = 0;
        int turnsLeft = 0;
        int tokensLeft = 0;
        int last = turns.size() - 1;
        for (int i = 0; i <= last; i++) {
            // The last answer matters most when it is the only one learned, so it is fitted in first.
            Turn turn = turns.get(options.maskHistory() ? last - i : i);
            if (length >= options.cutoffLength()) {
                turnsLeft++;
                tokensLeft += turn.length();
                continue;
            }
            Budget budget = Budget.of(turn.prompt().length, turn.response().length, options.cutoffLength() - length);
            length += budget.prompt() + budget.response();
            promptCut += turn.prompt().length - budget.prompt();
            responseCut += turn.response().length - budget.response();
            Part part = new Part(turn, budget, options.trainOnPrompt(), !options.maskHistory() || i == 0);
            if (options.maskHistory()) {
                kept.addFirst(part);
            } else {
                kept.addLast(part);
            }
        }
        int[] ids = new int[length];
        int[] labels = new int[length];
        int at = 0;
        for (Part part : kept) {
            at = part.write(ids, labels, at);
        }
        return new Sample(ids, labels, new Sample.Cut(promptCut, responseCut, turnsLeft, tokensLeft));
    }

    static PreferencePair pair(Turn chosen, Turn rejected, EncodingOptions options) {
        int longest = Math.max(chosen.response().length, rejected.response().length);
        Budget budget = Budget.of(chosen.prompt().length, longest, options.cutoffLength());
        // Both answers follow the chosen one's prompt, so that nothing but the answer differs.
        return new PreferencePair(
                side(chosen.prompt(), chosen.response(), budget), side(chosen.prompt(), rejected.response(), budget));
    }

    private static Sample side(int[] prompt, int[] response, Budget budget) {
        Budget own = new Budget(budget.prompt(), Math.min(budget.response(), response.length));
        int[] ids = new int[own.prompt() + own.response()];
        int[] labels = new int[ids.length];
        new Part(new Turn(prompt, response), own, false, true).write(ids, labels, 0);
        return new Sample(
                ids, labels, new Sample.Cut(prompt.length - own.prompt(), response.length - own.response(), 0, 0));
    }

    private record Part(Turn turn, Budget budget, boolean learnPrompt, boolean learnResponse) {
        int write(int[] ids, int[] labels, int from) {
            int end = copy(turn.prompt(), budget.prompt(), learnPrompt, ids, labels, from);
            return copy(turn.response(), budget.response(), learnResponse, ids, labels, end);
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
}
