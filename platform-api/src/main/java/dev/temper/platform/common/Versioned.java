package dev.temper.platform.common;

/** A representation that knows which version of its resource it shows; answered with the matching {@code ETag}. */
public interface Versioned {
    long version();
}
