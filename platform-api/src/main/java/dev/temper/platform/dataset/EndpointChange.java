package dev.temper.platform.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What to change of an endpoint, or all of a new one; what is null stays.
 *
 * @param key empty to forget it
 */
public record EndpointChange(
        @Nullable String name,
        @Nullable String baseUrl,
        @Nullable String model,
        @Nullable String key) {
    /** Without the key. */
    @Override
    public String toString() {
        return "EndpointChange[" + name + ", " + baseUrl + ", " + model + "]";
    }
}
