package dev.temper.platform.task;

/**
 * What a training took.
 *
 * @param seconds of steps
 * @param memory at its peak, in bytes
 */
public record Taken(long steps, long tokens, double seconds, double tokensPerSecond, long memory) {}
