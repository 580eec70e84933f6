package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The reservations of a pool that a job may run into. */
final class Windows {
    private final List<Window> windows = new ArrayList<>();

    Windows(List<Reservation> reservations, Collection<Tenure> runs, int devices, Instant now) {
        for (Reservation reservation : reservations) {
            Instant from = reservation.starts().isBefore(now) ? now : reservation.starts();
            var window = new Window(reservation, from);
            for (Reservation other : reservations) {
                if (other.isActive(from)) {
                    window.reserved.merge(other.tenant(), other.devices(), Integer::sum);
                }
            }
            for (Tenure run : runs) {
                if (run.ends.isAfter(from)) {
                    window.held.merge(run.account.tenant(), run.devices, Integer::sum);
                }
            }
            var tenants = new HashMap<>(window.reserved);
            window.held.forEach((tenant, held) -> tenants.merge(tenant, held, Math::max));
            window.spare = devices
                    - tenants.values().stream().mapToInt(Integer::intValue).sum();
            windows.add(window);
        }
    }

    /** What the pool looks like when the reservation begins, or now that it has begun. */
    private static final class Window {
        final Reservation reservation;
        final Instant from;
        final Map<UUID, Integer> reserved = new HashMap<>();
        final Map<UUID, Integer> held = new HashMap<>();
        /** Devices that nobody holds then and that are reserved for nobody. */
        int spare;

        Window(Reservation reservation, Instant from) {
            this.reservation = reservation;
            this.from = from;
        }

        /** How many devices the tenant would take that are not reserved for it anyway. */
        int beyond(UUID tenant, int devices) {
            int already = held.getOrDefault(tenant, 0);
            int mine = reserved.getOrDefault(tenant, 0);
            return Math.max(already + devices, mine) - Math.max(already, mine);
        }
    }

    /** The reservation that the job would run into; null: none. */
    @Nullable
    Reservation inTheWayOf(Applicant applicant) {
        UUID tenant = applicant.account.tenant();
        for (Window window : windows) {
            if (applicant.ends.isAfter(window.from)) {
                int beyond = window.beyond(tenant, applicant.job.devices());
                if (beyond > 0 && beyond > window.spare) {
                    return window.reservation;
                }
            }
        }
        return null;
    }

    void take(Tenure run) {
        UUID tenant = run.account.tenant();
        for (Window window : windows) {
            if (run.ends.isAfter(window.from)) {
                window.spare -= window.beyond(tenant, run.devices);
                window.held.merge(tenant, run.devices, Integer::sum);
            }
        }
    }
}
