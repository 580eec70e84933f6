package dev.temper.platform.resource;

/**
 * Devices of a pool that are alike.
 *
 * @param model what the maker calls them
 * @param memoryBytes of each; of the host for a CPU
 * @param count how many there are
 * @param node the most of them on one node
 */
public record PoolDevices(DeviceKind kind, String model, long memoryBytes, boolean bf16, int count, int node) {}
