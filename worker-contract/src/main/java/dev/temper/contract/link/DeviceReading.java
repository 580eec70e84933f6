package dev.temper.contract.link;

import org.jspecify.annotations.Nullable;

/**
 * How a device is.
 *
 * @param device its id
 * @param utilisation in percent; none where it can't be told
 * @param memoryUsedBytes none where it can't be told
 * @param temperature in degrees Celsius; none where it can't be told
 * @param watts none where it can't be told
 * @param complaint what is wrong with it, as uncorrected memory errors; none if it is well
 */
public record DeviceReading(
        String device,
        @Nullable Double utilisation,
        @Nullable Long memoryUsedBytes,
        @Nullable Double temperature,
        @Nullable Double watts,
        @Nullable String complaint) {
    public DeviceReading {
        LinkCheck.name("telemetry.device", device);
        if (utilisation != null) {
            LinkCheck.measure("telemetry.utilisation", utilisation, 0, 100_000);
        }
        if (memoryUsedBytes != null) {
            LinkCheck.notNegative("telemetry.memoryUsedBytes", memoryUsedBytes);
        }
        if (temperature != null) {
            LinkCheck.measure("telemetry.temperature", temperature, -300, 1_000);
        }
        if (watts != null) {
            LinkCheck.measure("telemetry.watts", watts, 0, 100_000);
        }
        if (complaint != null) {
            LinkCheck.text("telemetry.complaint", complaint, 300);
        }
    }
}
