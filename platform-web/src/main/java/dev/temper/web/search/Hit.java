package dev.temper.web.search;

import org.jspecify.annotations.Nullable;

/**
 * Something found.
 *
 * @param kind message key of what sort of thing it is
 */
record Hit(String kind, String icon, String title, @Nullable String text, String href) {}
