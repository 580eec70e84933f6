package dev.temper.trainer.data;

/**
 * What is computed at once, and which samples it is made of.
 *
 * @param samples by their numbers in the store, in the order of the batch's sequences
 */
@SuppressWarnings("ArrayRecordComponent") // A batch is handed over, not compared.
public record MicroBatch(PackedBatch tokens, int[] samples) {}
