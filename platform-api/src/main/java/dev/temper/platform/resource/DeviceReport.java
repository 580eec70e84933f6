package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A device as its node reports it.
 *
 * @param hardwareId unique on the node and the same after a restart
 * @param slot its index on the node
 * @param computeCapability as in {@code 9.0}; empty for what is not NVIDIA's
 * @param complaint why the node thinks it should be given to nobody
 */
public record DeviceReport(
        String hardwareId,
        DeviceKind kind,
        int slot,
        String model,
        long memoryBytes,
        String computeCapability,
        boolean bf16,
        @Nullable String complaint) {
    private static final long MAX_MEMORY = 1L << 50;
    private static final int MAX_SLOT = 10_000;

    public DeviceReport {
        if (hardwareId.isBlank() || hardwareId.length() > 200) {
            throw ErrorCode.FIELD_TOO_LONG.at("/hardwareId").with("max", 200);
        }
        if (model.length() > 200) {
            throw ErrorCode.FIELD_TOO_LONG.at("/model").with("max", 200);
        }
        if (slot < 0 || slot > MAX_SLOT) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/slot").with("min", 0).with("max", MAX_SLOT);
        }
        if (memoryBytes < 0 || memoryBytes > MAX_MEMORY) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/memoryBytes").with("min", 0).with("max", MAX_MEMORY);
        }
    }
}
