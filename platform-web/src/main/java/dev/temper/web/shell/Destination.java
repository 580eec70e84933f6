package dev.temper.web.shell;

import org.jspecify.annotations.Nullable;

/**
 * Somewhere the reader may go from here, as the command palette lists it.
 *
 * @param label message key
 * @param context what it belongs to: the tenant's name
 * @param action whether something is done there rather than looked at
 */
public record Destination(
        String label, String icon, String href, @Nullable String context, boolean action) {}
