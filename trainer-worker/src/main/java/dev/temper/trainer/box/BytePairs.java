package dev.temper.trainer.box;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns a byte-level vocabulary: starting from bytes, the most frequent neighbours become one token, again and again
 * (Sennrich et al., 2016). Ties go to the pair that was possible first, so the same text gives the same vocabulary.
 */
final class BytePairs {
    /** How text is cut before bytes may join; digits stand alone. Java and the tokenizers library read it alike. */
    static final String SPLIT = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** Two tokens that may become one. */
    record Pair(int left, int right) {}

    private record Candidate(Pair pair, long count, int age) {}

    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Pair> merges = new ArrayList<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> wordCounts = new ArrayList<>();
    private final Map<Pair, Long> pairCounts = new HashMap<>();
    private final Map<Pair, Integer> pairAges = new HashMap<>();
    private final Map<Pair, Set<Integer>> pairWords = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparingInt(Candidate::age));

    /** Counts the words of a text. */
    void add(String text) {
        Matcher word = Pattern.compile(SPLIT).matcher(text);
        while (word.find()) {
            counts.merge(ByteLetters.of(word.group()), 1L, Long::sum);
        }
    }

    /** Joins until there are so many tokens, bytes included, or nothing frequent is left. */
    void learn(int size) {
        Map<Character, Integer> bytes = new HashMap<>();
        for (int b = 0; b < 256; b++) {
            bytes.put(ByteLetters.of(b), b);
            tokens.add(String.valueOf(ByteLetters.of(b)));
        }
        counts.forEach((word, count) -> {
            words.add(word.chars().map(c -> bytes.get((char) c)).toArray());
            wordCounts.add(count);
        });
        for (int w = 0; w < words.size(); w++) {
            countPairs(w, 1);
        }
        pairCounts.keySet().stream()
                .sorted(Comparator.comparingInt(Pair::left).thenComparingInt(Pair::right))
                .forEach(this::offer);
        while (tokens.size() < size && !queue.isEmpty()) {
            Candidate best = queue.remove();
            long now = pairCounts.getOrDefault(best.pair(), 0L);
            if (now != best.count()) {
                if (now > 1) {
                    queue.add(new Candidate(best.pair(), now, best.age()));
                }
            } else {
                merge(best.pair());
            }
        }
    }

    private void countPairs(int word, int sign) {
        int[] symbols = words.get(word);
        for (int i = 0; i + 1 < symbols.length; i++) {
            Pair pair = new Pair(symbols[i], symbols[i + 1]);
            pairCounts.merge(pair, sign * wordCounts.get(word), Long::sum);
            if (sign > 0) {
                pairWords.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
            }
        }
    }

    private void offer(Pair pair) {
        long count = pairCounts.getOrDefault(pair, 0L);
        if (count > 1 && !pairAges.containsKey(pair)) {
            pairAges.put(pair, pairAges.size());
            queue.add(new Candidate(pair, count, pairAges.get(pair)));
        }
    }

    private void merge(Pair pair) {
        int joined = tokens.size();
        tokens.add(tokens.get(pair.left()) + tokens.get(pair.right()));
        merges.add(pair);
        List<Integer> touched =
                pairWords.getOrDefault(pair, Set.of()).stream().sorted().toList();
        for (int w : touched) {
            countPairs(w, -1);
            words.set(w, replaced(words.get(w), pair, joined));
            countPairs(w, 1);
        }
        for (int w : touched) {
            int[] symbols = words.get(w);
            for (int i = 0; i + 1 < symbols.length; i++) {
                offer(new Pair(symbols[i], symbols[i + 1]));
            }
        }
        pairCounts.remove(pair);
        pairWords.remove(pair);
    }

    private static int[] replaced(int[] symbols, Pair pair, int joined) {
        int[] out = new int[symbols.length];
        int length = 0;
        for (int i = 0; i < symbols.length; i++) {
            boolean here = i + 1 < symbols.length && symbols[i] == pair.left() && symbols[i + 1] == pair.right();
            out[length++] = here ? joined : symbols[i];
            i += here ? 1 : 0;
        }
        return Arrays.copyOf(out, length);
    }

    /** The tokens as a vocabulary writes them, by id. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** What was joined, in order. */
    List<Pair> merges() {
        return List.copyOf(merges);
    }
}
