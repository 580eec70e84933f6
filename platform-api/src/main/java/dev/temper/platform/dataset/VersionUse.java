package dev.temper.platform.dataset;

/**
 * Something that a version is needed for.
 *
 * @param kind as in {@code tag} or {@code task}; pages have words for it
 * @param name what people know it by
 */
public record VersionUse(String kind, String name) {}
