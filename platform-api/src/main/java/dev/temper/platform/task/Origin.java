package dev.temper.platform.task;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The task that another one goes on from.
 *
 * @param number its number in the tenant's addresses
 * @param step the checkpoint it goes on from; null where it began anew
 */
public record Origin(UUID task, long number, @Nullable Long step) {}
