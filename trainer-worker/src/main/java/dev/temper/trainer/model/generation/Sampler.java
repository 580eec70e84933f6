package dev.temper.trainer.model.generation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Chooses a sequence's next token from its logits, in the order transformers does: repetition, temperature, top-k, top-p.
 */
final class Sampler {
    /** Tokens e^25 times less likely than the best are left out before sorting: all of them weigh less than 1e-6. */
    private static final double NEGLIGIBLE = 25;

    private final GenerationSettings settings;
    private final SplittableRandom random;
    private final BitSet seen = new BitSet();

    /** @param sequence which of the sequences of a batch; each draws its own numbers */
    Sampler(GenerationSettings settings, int sequence, int[] prompt) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + sequence);
        for (int id : prompt) {
            seen.set(id);
        }
    }

    /** Takes a token and remembers it; {@code logits} are changed. */
    int next(float[] logits) {
        if (settings.repetitionPenalty() != 1) {
            float penalty = (float) settings.repetitionPenalty();
            seen.stream()
                    .filter(id -> id < logits.length)
                    .forEach(id -> logits[id] = logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty);
        }
        int token = settings.temperature() == 0 ? likeliest(logits) : drawn(logits);
        seen.set(token);
        return token;
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    private int drawn(float[] logits) {
        int[] order = candidates(logits);
        double most = logits[order[0]];
        double[] weights = new double[order.length];
        double total = 0;
        for (int i = 0; i < order.length; i++) {
            weights[i] = Math.exp((logits[order[i]] - most) / settings.temperature());
            total += weights[i];
        }
        int kept = kept(weights, total);
        double within = 0;
        for (int i = 0; i < kept; i++) {
            within += weights[i];
        }
        double point = random.nextDouble() * within;
        for (int i = 0; i < kept; i++) {
            point -= weights[i];
            if (point < 0) {
                return order[i];
            }
        }
        return order[kept - 1];
    }

    /** How many of the likeliest tokens together reach top-p: the one that crosses the line still counts. */
    private int kept(double[] weights, double total) {
        if (settings.topP() >= 1) {
            return weights.length;
        }
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] / total;
            if (sum >= settings.topP()) {
                return i + 1;
            }
        }
        return weights.length;
    }

    /** Tokens to draw from, the likeliest first; all of them, in any order, where nothing limits the choice. */
    private int[] candidates(float[] logits) {
        int limit = settings.topK() == 0 ? logits.length : Math.min(settings.topK(), logits.length);
        if (limit == logits.length && settings.topP() >= 1) {
            int[] all = new int[logits.length];
            int best = likeliest(logits);
            for (int i = 0; i < all.length; i++) {
                all[i] = i;
            }
            all[0] = best;
            all[best] = 0;
            return all;
        }
        float least = (float) (logits[likeliest(logits)] - NEGLIGIBLE * settings.temperature());
        long[] keys = new long[logits.length];
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            if (logits[i] >= least) {
                keys[count++] = descending(logits[i]) << 32 | i;
            }
        }
        Arrays.sort(keys, 0, count);
        int[] order = new int[Math.min(limit, count)];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** A number whose order is the reverse of the float's; ties stay in the order of ids. */
    private static long descending(float logit) {
        int bits = Float.floatToIntBits(logit);
        int ascending = bits >= 0 ? bits : bits ^ 0x7fffffff;
        return ~ascending;
    }
}
