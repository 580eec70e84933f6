package dev.temper.platform.resource;

/** What sort of thing a run computes on. */
public enum DeviceKind {
    NVIDIA,
    CPU,
    /** Stands for a device, to try the platform out without one. */
    SIMULATED
}
