package dev.temper.platform.dataset;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Published in the tenant's transaction in which an import comes to its end by itself, or to where it needs a person.
 *
 * @param user who asked for it
 * @param failureCode why it failed
 */
public record ImportStopped(
        UUID importId,
        @Nullable UUID user,
        String fileName,
        ImportState state,
        long rowsKept,
        long rowsLeftOut,
        @Nullable String failureCode) {}
