package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The open nodes of a pool, each in as many spots as it has kinds of devices, found by how much is free on them. */
final class Floor {
    private static final Comparator<Spot> BY_NODE =
            Comparator.<Spot, UUID>comparing(spot -> spot.node).thenComparing(spot -> spot.kind);

    private final List<Spot> spots;
    /** Sorted within a shelf too, so that equal snapshots give equal plans. */
    private final NavigableMap<Integer, NavigableSet<Spot>> byFree = new TreeMap<>();

    private final int size;

    Floor(Collection<Spot> spots) {
        this.spots = spots.stream().sorted(BY_NODE).toList();
        this.spots.forEach(this::shelve);
        this.size = this.spots.stream().mapToInt(Spot::size).sum();
    }

    /** So many devices of one node. */
    record Portion(Spot spot, int devices) {}

    /** What is kept for a job, and from when on it has it. */
    record Keeping(Instant from, List<Portion> portions) {
        void apply() {
            portions.forEach(portion -> portion.spot.keep(portion.devices, from));
        }
    }

    List<Spot> spots() {
        return spots;
    }

    int size() {
        return size;
    }

    /** Whether there is enough besides the nodes where the job was lost. */
    boolean canAvoid(Queued job) {
        if (job.avoidedNodes().isEmpty()) {
            return true;
        }
        int largest = 0;
        int together = 0;
        for (Spot spot : spots) {
            if (spot.suits(job)) {
                largest = Math.max(largest, spot.size());
                together += spot.size();
            }
        }
        return job.devices() <= (job.acrossNodes() ? together : largest);
    }

    /** How many devices are free that would serve the job. */
    int free(Queued job) {
        int count = 0;
        for (var shelf : byFree.entrySet()) {
            for (Spot spot : shelf.getValue()) {
                count += spot.serves(job) ? shelf.getKey() : 0;
            }
        }
        return count;
    }

    /** How many of them are free on one node at most. */
    int largestFree(Queued job) {
        for (var shelf : byFree.descendingMap().entrySet()) {
            if (shelf.getValue().stream().anyMatch(spot -> spot.serves(job))) {
                return shelf.getKey();
            }
        }
        return 0;
    }

    /** All devices of the job or none: on the node where the fewest are left over, else, if it can, over several. */
    @Nullable
    List<Portion> fit(Queued job, Instant ends) {
        for (var shelf : byFree.tailMap(job.devices(), true).values()) {
            for (Spot spot : shelf) {
                if (spot.room(ends) >= job.devices() && spot.suits(job)) {
                    return List.of(new Portion(spot, job.devices()));
                }
            }
        }
        return job.acrossNodes() && free(job) >= job.devices() ? spread(job, ends) : null;
    }

    private @Nullable List<Portion> spread(Queued job, Instant ends) {
        var portions = new ArrayList<Portion>();
        int missing = job.devices();
        for (var shelf : byFree.descendingMap().values()) {
            for (Spot spot : shelf) {
                int part = Math.min(missing, spot.room(ends));
                if (part > 0 && spot.suits(job)) {
                    portions.add(new Portion(spot, part));
                    missing -= part;
                    if (missing == 0) {
                        return portions;
                    }
                }
            }
        }
        return null;
    }

    /** Gives these devices to a run. */
    List<UUID> take(List<Portion> portions, Tenure run) {
        var devices = new ArrayList<UUID>(run.devices);
        for (Portion portion : portions) {
            unshelve(portion.spot);
            devices.addAll(portion.spot.take(run, portion.devices));
            shelve(portion.spot);
        }
        return devices;
    }

    /** The nodes that would be free for the job first, if nobody else came; of those as soon, where fewest are left over. */
    @Nullable
    Keeping soonest(Queued job, Instant now) {
        Keeping best = null;
        int bestLeftOver = Integer.MAX_VALUE;
        for (Spot spot : spots) {
            if (spot.isKept() || spot.size() < job.devices() || !spot.suits(job)) {
                continue;
            }
            Instant from = spot.whenFree(job.devices(), now);
            if (from != null && (best == null || !from.isAfter(best.from))) {
                int leftOver = spot.freeAt(from) - job.devices();
                if (best == null || from.isBefore(best.from) || leftOver < bestLeftOver) {
                    best = new Keeping(from, List.of(new Portion(spot, job.devices())));
                    bestLeftOver = leftOver;
                }
            }
        }
        return best == null && job.acrossNodes() ? soonestSpread(job, now) : best;
    }

    private @Nullable Keeping soonestSpread(Queued job, Instant now) {
        List<Spot> usable =
                spots.stream().filter(spot -> !spot.isKept() && spot.suits(job)).toList();
        var ends = new TreeSet<Instant>(List.of(now));
        usable.forEach(spot -> spot.parts().forEach(part -> ends.add(part.run().ends)));
        for (Instant end : ends) {
            var portions = new ArrayList<Portion>();
            int missing = job.devices();
            for (Spot spot : usable) {
                int part = Math.min(missing, spot.freeAt(end));
                if (part > 0) {
                    portions.add(new Portion(spot, part));
                    missing -= part;
                }
            }
            if (missing == 0) {
                return new Keeping(end, portions);
            }
        }
        return null;
    }

    /** Until when the devices that would be enough for the job are kept for others; null: there are not enough. */
    @Nullable
    Instant keptUntil(Queued job) {
        Instant latest = null;
        for (var shelf : byFree.tailMap(job.devices(), true).values()) {
            for (Spot spot : shelf) {
                Instant until = spot.keptFrom();
                if (until != null && spot.suits(job) && (latest == null || until.isAfter(latest))) {
                    latest = until;
                }
            }
        }
        return latest;
    }

    private void shelve(Spot spot) {
        if (!spot.free.isEmpty()) {
            byFree.computeIfAbsent(spot.free.size(), devices -> new TreeSet<>(BY_NODE))
                    .add(spot);
        }
    }

    private void unshelve(Spot spot) {
        NavigableSet<Spot> shelf = byFree.get(spot.free.size());
        if (shelf != null) {
            shelf.remove(spot);
            if (shelf.isEmpty()) {
                byFree.remove(spot.free.size());
            }
        }
    }
}
