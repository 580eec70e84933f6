package dev.temper.text.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of n neighbouring words or characters, with how often each occurs. */
record Ngrams(Map<List<String>, Integer> counts) {
    static Ngrams of(List<String> units, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= units.size(); i++) {
            counts.merge(List.copyOf(units.subList(i, i + n)), 1, Integer::sum);
        }
        return new Ngrams(counts);
    }

    static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many of these occur in the other too, each as often as there at most. */
    int matches(Ngrams other) {
        int matches = 0;
        for (Map.Entry<List<String>, Integer> entry : counts.entrySet()) {
            matches += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
        }
        return matches;
    }

    /** Different ones. */
    int distinct() {
        return counts.size();
    }

    /** Different ones that occur in both. */
    int distinctMatches(Ngrams other) {
        return (int) counts.keySet().stream().filter(other.counts::containsKey).count();
    }
}
