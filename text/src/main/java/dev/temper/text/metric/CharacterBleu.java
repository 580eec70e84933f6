package dev.temper.text.metric;

import java.util.List;

/** LLaMA-Factory's BLEU-4: over characters, of one sentence, smoothed by NLTK's method 3. From 0 to 1. */
public final class CharacterBleu {
    private static final int ORDER = 4;

    private CharacterBleu() {}

    public static double of(String prediction, String reference) {
        List<String> predicted = Ngrams.characters(prediction);
        List<String> expected = Ngrams.characters(reference);
        double logs = 0;
        double halving = 1;
        for (int n = 1; n <= ORDER; n++) {
            Ngrams ours = Ngrams.of(predicted, n);
            int matches = ours.matches(Ngrams.of(expected, n));
            int total = Math.max(1, ours.total());
            if (matches == 0 && n == 1) {
                return 0;
            }
            if (matches == 0) {
                halving *= 2;
                logs += Math.log(1 / (halving * total));
            } else {
                logs += Math.log((double) matches / total);
            }
        }
        double brevity =
                predicted.size() > expected.size() ? 1 : Math.exp(1 - (double) expected.size() / predicted.size());
        return brevity * Math.exp(logs / ORDER);
    }
}
