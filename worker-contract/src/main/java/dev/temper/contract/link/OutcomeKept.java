package dev.temper.contract.link;

/**
 * The outcome is written down, and the worker may forget the run.
 *
 * @param again whether it was known already
 */
public record OutcomeKept(boolean again) implements LinkMessage {}
