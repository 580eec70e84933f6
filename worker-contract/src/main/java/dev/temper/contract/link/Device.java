package dev.temper.contract.link;

import org.jspecify.annotations.Nullable;

/**
 * Something a run computes on and has for itself.
 *
 * @param id unique in the worker and the same after a restart: the UUID NVIDIA gives, {@code cpu}, {@code sim-0}
 * @param index the place among its kind, as {@code nvidia-smi} counts
 * @param model what the maker calls it
 * @param memoryBytes of the device; of the host for {@code CPU}
 * @param computeCapability as {@code 8.0}; none for what is not NVIDIA's
 * @param bf16 whether it computes in bfloat16 in hardware
 * @param partOf the id of the card this MIG slice is cut from; none for a whole one
 * @param complaint why it is {@code SICK}
 */
public record Device(
        String id,
        Kind kind,
        int index,
        String model,
        long memoryBytes,
        @Nullable String computeCapability,
        boolean bf16,
        Health health,
        @Nullable String partOf,
        @Nullable String complaint) {
    /** What sort of device. */
    public enum Kind {
        CPU,
        NVIDIA,
        SIMULATED
    }

    /** Whether it may be given to a run. */
    public enum Health {
        OK,
        SICK
    }

    public Device {
        LinkCheck.name("devices.id", id);
        LinkCheck.present("devices.kind", kind);
        LinkCheck.range("devices.index", index, 0, 100_000);
        LinkCheck.text("devices.model", model, 100);
        LinkCheck.range("devices.memoryBytes", memoryBytes, 0, 1L << 50);
        if (computeCapability != null) {
            LinkCheck.text("devices.computeCapability", computeCapability, 10);
        }
        LinkCheck.present("devices.health", health);
        if (partOf != null) {
            LinkCheck.name("devices.partOf", partOf);
        }
        if (complaint != null) {
            LinkCheck.text("devices.complaint", complaint, 300);
        }
    }
}
