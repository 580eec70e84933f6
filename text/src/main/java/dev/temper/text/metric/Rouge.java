package dev.temper.text.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L.
 *
 * @param one shared words
 * @param two shared pairs of neighbouring words
 * @param longest the longest sequence of words both have in this order
 */
public record Rouge(Overlap one, Overlap two, Overlap longest) {
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    /**
     * As rouge_chinese and so LLaMA-Factory compute it: repeated words count once, but in the longest sequence.
     *
     * @param prediction cut into words by whatever segmenter suits the language
     */
    public static Rouge ofWords(List<String> prediction, List<String> reference) {
        List<String> predicted = withoutSpace(prediction);
        List<String> expected = withoutSpace(reference);
        return new Rouge(
                distinct(predicted, expected, 1),
                distinct(predicted, expected, 2),
                Overlap.damped(Overlap.longestCommon(predicted, expected), predicted.size(), expected.size()));
    }

    /** As google's rouge_score computes it without stemming: Latin letters and digits only, repetitions counted. */
    public static Rouge ofText(String prediction, String reference) {
        List<String> predicted = latinWords(prediction);
        List<String> expected = latinWords(reference);
        return new Rouge(
                counted(predicted, expected, 1),
                counted(predicted, expected, 2),
                Overlap.of(Overlap.longestCommon(predicted, expected), predicted.size(), expected.size()));
    }

    private static List<String> withoutSpace(List<String> words) {
        return words.stream()
                .flatMap(word -> Arrays.stream(word.split("\\s+", -1)))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> latinWords(String text) {
        return Arrays.stream(NO_WORD.split(text.toLowerCase(Locale.ROOT), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Overlap distinct(List<String> predicted, List<String> expected, int n) {
        Ngrams ours = Ngrams.of(predicted, n);
        Ngrams theirs = Ngrams.of(expected, n);
        return Overlap.damped(ours.distinctMatches(theirs), ours.distinct(), theirs.distinct());
    }

    private static Overlap counted(List<String> predicted, List<String> expected, int n) {
        Ngrams ours = Ngrams.of(predicted, n);
        Ngrams theirs = Ngrams.of(expected, n);
        return Overlap.of(ours.matches(theirs), ours.total(), theirs.total());
    }
}
