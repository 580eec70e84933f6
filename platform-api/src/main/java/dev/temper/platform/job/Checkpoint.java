package dev.temper.platform.job;

/**
 * Where a run can go on.
 *
 * @param reference what the worker finds it by
 */
public record Checkpoint(long step, String reference) {}
