package dev.temper.text.template;

/**
 * Samples end to end.
 *
 * @param ids the tokens, padding behind them
 * @param labels {@link Sample#IGNORED} where nothing is learned
 * @param segments which sample a token belongs to
 * @param positions the place within its sample
 */
@SuppressWarnings("ArrayRecordComponent") // ids stay arrays; nobody compares two of these
public record PackedRow(int[] ids, int[] labels, int[] segments, int[] positions) {}
