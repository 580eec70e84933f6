package dev.temper.data.learn;

import java.util.List;
import java.util.Map;

/**
 * What a training would make of rows: {@code rows = whole + cut + leftOut}, and every token is used or lost.
 *
 * @param cutoff the most tokens a row may have
 * @param whole rows that fit
 * @param cut rows that are trained on though the cutoff takes something away
 * @param leftOut rows that teach nothing, by {@link Loss}
 * @param tokens of all rows that can be encoded, uncut
 * @param usedTokens of the rows trained on, after the cutoff
 * @param learnedTokens of those, how many are learned
 * @param lostTokens what the cutoff takes, rows left out because of it included
 * @param affected rows that lose something to the cutoff
 * @param answersCut rows trained on without a part of their answers
 * @param answersLost rows that lose all of their answers
 * @param endless rows trained on whose last answer is cut before its end: the model may not learn to stop
 * @param shortest tokens of the shortest row, uncut
 * @param median half of the rows have no more tokens
 * @param histogram rows by their tokens, uncut
 */
public record TokenStatistics(
        int cutoff,
        long rows,
        long whole,
        long cut,
        Map<String, Long> leftOut,
        long tokens,
        long usedTokens,
        long learnedTokens,
        long lostTokens,
        long affected,
        long answersCut,
        long answersLost,
        long endless,
        int shortest,
        int median,
        int p95,
        int p99,
        int longest,
        double mean,
        List<Bucket> histogram) {
    public TokenStatistics {
        leftOut = Map.copyOf(leftOut);
        histogram = List.copyOf(histogram);
    }

    /** Rows with {@code from} tokens and more, but fewer than {@code below}. */
    public record Bucket(int from, int below, long rows) {}

    /** How much the cutoff takes, from 0 to 1. */
    public double lostShare() {
        return tokens == 0 ? 0 : (double) lostTokens / tokens;
    }

    public long leftOutRows() {
        return leftOut.values().stream().mapToLong(Long::longValue).sum();
    }
}
