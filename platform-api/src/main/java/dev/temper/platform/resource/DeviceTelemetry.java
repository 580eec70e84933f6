package dev.temper.platform.resource;

import org.jspecify.annotations.Nullable;

/**
 * How a device is doing just now.
 *
 * @param utilisation 0 to 1
 * @param temperature in °C
 * @param complaint why it should be given to nobody; null where it is well
 */
public record DeviceTelemetry(
        String hardwareId,
        @Nullable Double utilisation,
        @Nullable Long memoryUsedBytes,
        @Nullable Double temperature,
        @Nullable String complaint) {}
