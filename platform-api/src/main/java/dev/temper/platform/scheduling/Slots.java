package dev.temper.platform.scheduling;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Devices by the moment they are given back: what estimates of a start are made of. */
final class Slots {
    private final PriorityQueue<Slot> slots = new PriorityQueue<>(Comparator.comparing(Slot::from));
    private int total;

    private record Slot(Instant from, int devices) {}

    void add(int devices, Instant from) {
        if (devices > 0) {
            slots.add(new Slot(from, devices));
            total += devices;
        }
    }

    /** Takes the devices that are free first and says when the last of them is; null: there are not as many. */
    @Nullable
    Instant take(int devices) {
        if (devices > total) {
            return null;
        }
        total -= devices;
        int missing = devices;
        Instant from = Instant.MIN;
        while (missing > 0) {
            Slot slot = slots.remove();
            from = slot.from;
            if (slot.devices > missing) {
                slots.add(new Slot(slot.from, slot.devices - missing));
            }
            missing -= Math.min(missing, slot.devices);
        }
        return from;
    }
}
