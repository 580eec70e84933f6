package dev.temper.data.augment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Words and short phrases with others of the same meaning. */
final class Synonyms {
    private final Map<String, List<String>> groups = new HashMap<>();
    private int longest;

    private Synonyms() {}

    /** The dictionary in the box: a line a group, its words divided by commas; a word alone stays as it is. */
    static Synonyms load() {
        Synonyms synonyms = new Synonyms();
        try (InputStream in = Objects.requireNonNull(Synonyms.class.getResourceAsStream("synonyms.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> synonyms.add(List.of(line.split(","))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return synonyms;
    }

    private void add(List<String> group) {
        for (String word : group) {
            if (groups.put(word, group) != null) {
                throw new IllegalStateException(word + " stands in two groups");
            }
            longest = Math.max(longest, word.length());
        }
    }

    private record Found(int start, int end, List<String> group) {}

    /** The text with a share of what has synonyms replaced; the text itself where nothing has. */
    String vary(String text, double share, Random random) {
        List<Found> found = find(text);
        if (found.isEmpty()) {
            return text;
        }
        List<Found> chosen = new ArrayList<>(found);
        Collections.shuffle(chosen, random);
        List<Found> replaced = chosen.subList(0, Math.max(1, (int) Math.round(share * chosen.size())));
        StringBuilder varied = new StringBuilder();
        int from = 0;
        for (Found one : found) {
            if (replaced.contains(one)) {
                varied.append(text, from, one.start)
                        .append(other(text.substring(one.start, one.end), one.group, random));
                from = one.end;
            }
        }
        return varied.append(text, from, text.length()).toString();
    }

    private List<Found> find(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<Found> found = new ArrayList<>();
        int at = 0;
        while (lower.length() == text.length() && at < text.length()) {
            int end = end(lower, at);
            List<String> group = end > at ? groups.getOrDefault(lower.substring(at, end), List.of()) : List.of();
            if (group.size() > 1) {
                found.add(new Found(at, end, group));
            }
            at = Math.max(end, at + 1);
        }
        return found;
    }

    /** The end of the longest entry that begins here and is no part of a longer word; -1 where none does. */
    private int end(String lower, int at) {
        for (int end = Math.min(lower.length(), at + longest); end > at; end--) {
            if (isBorder(lower, at) && isBorder(lower, end) && groups.containsKey(lower.substring(at, end))) {
                return end;
            }
        }
        return -1;
    }

    private static boolean isBorder(String text, int at) {
        return at == 0 || at == text.length() || !isLatin(text.charAt(at - 1)) || !isLatin(text.charAt(at));
    }

    private static boolean isLatin(char c) {
        return (c < 0x250 && Character.isLetterOrDigit(c)) || c == '\'' || c == '-';
    }

    private static String other(String word, List<String> group, Random random) {
        List<String> others = group.stream()
                .filter(one -> !one.equals(word.toLowerCase(Locale.ROOT)))
                .toList();
        String other = others.get(random.nextInt(others.size()));
        return Character.isUpperCase(word.charAt(0))
                ? Character.toUpperCase(other.charAt(0)) + other.substring(1)
                : other;
    }
}
