package dev.temper.text.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Short answers beside the right one, as SQuAD judges them. From 0 to 1. */
public final class Answers {
    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
    private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);

    private Answers() {}

    /** Whether they are the same but for case, articles, punctuation and spaces. */
    public static boolean match(String prediction, String reference) {
        return words(prediction).equals(words(reference));
    }

    /** The words both have, as an F1. */
    public static double f1(String prediction, String reference) {
        List<String> predicted = words(prediction);
        List<String> expected = words(reference);
        if (predicted.isEmpty() || expected.isEmpty()) {
            return predicted.equals(expected) ? 1 : 0;
        }
        int matches = Ngrams.of(predicted, 1).matches(Ngrams.of(expected, 1));
        return Overlap.of(matches, predicted.size(), expected.size()).f();
    }

    private static List<String> words(String answer) {
        String bare = PUNCTUATION.matcher(answer.toLowerCase(Locale.ROOT)).replaceAll("");
        return Arrays.stream(ARTICLES.matcher(bare).replaceAll(" ").split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
