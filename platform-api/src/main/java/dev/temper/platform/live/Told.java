package dev.temper.platform.live;

import org.jspecify.annotations.Nullable;

/**
 * What a stream hands to its reader.
 *
 * @param cursor where the reader goes on if the stream breaks after this
 * @param fact null where there is none: the reader only learns that the stream lives, or that it has to look anew
 * @param resync whether facts were left out, so that everything shown has to be read anew
 */
public record Told(long cursor, @Nullable Fact fact, boolean resync) {}
