package dev.temper.platform.model;

import java.util.UUID;

/**
 * A tuned model is being deleted, wherever that was asked for; told in the transaction that does it.
 *
 * @param task that it came of
 */
public record TunedModelDeleted(UUID task) {}
