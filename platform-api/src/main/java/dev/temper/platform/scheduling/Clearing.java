package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.Floor.Portion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask for the devices that a guaranteed job is owed. Only borrowed devices are asked for, so guarantees never eat each
 * other; of those the lowest priority, then the least work lost.
 *
 * @param leaving who is leaving the place already
 */
record Clearing(List<Tenure> asked, int leaving, List<Portion> portions) {
    private static final Comparator<Clearing> GENTLEST = Comparator.<Clearing>comparingInt(
                    clearing -> clearing.asked.isEmpty() ? 0 : 1)
            .thenComparingInt(Clearing::highestPriority);

    /** The place where the least is lost; null: nowhere would enough be free. */
    static @Nullable Clearing find(Queued job, Floor floor, Instant now, PlanningRules rules) {
        Clearing best = null;
        long bestLoss = 0;
        for (Spot spot : floor.spots()) {
            if (spot.isKept() || spot.size() < job.devices() || !spot.suits(job)) {
                continue;
            }
            Clearing clearing = of(List.of(spot), job.devices(), now, rules);
            if (clearing != null) {
                long loss = clearing.loss(now);
                int order = best == null ? -1 : GENTLEST.compare(clearing, best);
                if (order < 0 || (order == 0 && loss < bestLoss)) {
                    best = clearing;
                    bestLoss = loss;
                }
            }
        }
        if (best == null && job.acrossNodes()) {
            List<Spot> usable = floor.spots().stream()
                    .filter(spot -> !spot.isKept() && spot.suits(job))
                    .toList();
            best = of(usable, job.devices(), now, rules);
        }
        return best;
    }

    private static @Nullable Clearing of(List<Spot> spots, int needed, Instant now, PlanningRules rules) {
        int soonFree = 0;
        int leaving = 0;
        Map<Tenure, Integer> candidates = new LinkedHashMap<>();
        for (Spot spot : spots) {
            soonFree += spot.free.size();
            for (Spot.Part part : spot.parts()) {
                if (part.run().leaving) {
                    soonFree += part.devices();
                    leaving++;
                } else if (part.run().borrowed && part.run().mayBeAsked(now, rules)) {
                    candidates.merge(part.run(), part.devices(), Integer::sum);
                }
            }
        }
        var asked = new ArrayList<Tenure>();
        if (soonFree < needed) {
            var order = new ArrayList<>(candidates.keySet());
            order.sort(cheapestFirst(now));
            for (Tenure run : order) {
                if (soonFree < needed) {
                    asked.add(run);
                    soonFree += candidates.getOrDefault(run, 0);
                }
            }
            if (soonFree < needed) {
                return null;
            }
            // Who was asked early may turn out not to be needed once a bigger one was asked too.
            for (int i = asked.size() - 1; i >= 0; i--) {
                int devices = candidates.getOrDefault(asked.get(i), 0);
                if (soonFree - devices >= needed) {
                    asked.remove(i);
                    soonFree -= devices;
                }
            }
        }
        return new Clearing(asked, leaving, portions(spots, asked, needed));
    }

    static Comparator<Tenure> cheapestFirst(Instant now) {
        return Comparator.<Tenure>comparingInt(run -> run.priority)
                .thenComparingLong(run -> run.lostWork(now))
                .thenComparing(run -> run.job);
    }

    private static List<Portion> portions(List<Spot> spots, List<Tenure> asked, int needed) {
        var portions = new ArrayList<Portion>();
        int missing = needed;
        for (Spot spot : spots) {
            int here = spot.free.size();
            for (Spot.Part part : spot.parts()) {
                here += part.run().leaving || asked.contains(part.run()) ? part.devices() : 0;
            }
            int part = Math.min(missing, here);
            if (part > 0) {
                portions.add(new Portion(spot, part));
                missing -= part;
            }
        }
        return portions;
    }

    private int highestPriority() {
        return asked.stream().mapToInt(run -> run.priority).max().orElse(0);
    }

    private long loss(Instant now) {
        return asked.stream().mapToLong(run -> run.lostWork(now)).sum();
    }
}
