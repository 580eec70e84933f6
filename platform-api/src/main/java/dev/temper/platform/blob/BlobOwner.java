package dev.temper.platform.blob;

import java.util.UUID;

/**
 * What needs a blob to stay.
 *
 * @param kind of thing, as in {@code dataset-version}
 */
public record BlobOwner(String kind, UUID id) {}
