package dev.temper.benchmarks.schedule;

import dev.temper.platform.scheduling.ClusterSnapshot;
import dev.temper.platform.scheduling.ClusterSnapshot.Usage;
import dev.temper.platform.scheduling.DecayedUsage;
import dev.temper.platform.scheduling.Decision;
import dev.temper.platform.scheduling.PlanningRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Plays jobs through a planner. Time jumps from one event to the next, but plans at most once a minute, as a real platform
 * under load would. A plan that gives a device away twice ends the replay.
 */
final class Replay {
    private static final Duration TICK = Duration.ofMinutes(1);

    private final Fleet fleet;
    private final List<Work> load;
    private final Function<ClusterSnapshot, List<Decision>> planner;
    private final PlanningRules rules;
    private final Map<UUID, Course> waiting = new LinkedHashMap<>();
    private final Map<UUID, Course> running = new LinkedHashMap<>();
    private final Set<UUID> held = new HashSet<>();
    private final Map<UUID, DecayedUsage> usage = new HashMap<>();
    private final List<Course> all = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    private Replay(
            Fleet fleet, List<Work> load, Function<ClusterSnapshot, List<Decision>> planner, PlanningRules rules) {
        this.fleet = fleet;
        this.load = load;
        this.planner = planner;
        this.rules = rules;
    }

    /** What was held and who waited from that moment to the next sample. */
    record Sample(Instant at, int held, int waitingJobs, int waitingDevices) {}

    /** How it went: every job, and the fleet from event to event. */
    record Outcome(Fleet fleet, List<Course> jobs, List<Sample> samples, Instant until) {}

    static Outcome of(
            Fleet fleet,
            List<Work> load,
            Function<ClusterSnapshot, List<Decision>> planner,
            PlanningRules rules,
            Instant until) {
        return new Replay(fleet, load, planner, rules).run(until);
    }

    private Outcome run(Instant until) {
        int next = 0;
        Instant now = load.getFirst().at();
        while (now.isBefore(until)) {
            settle(now);
            while (next < load.size() && !load.get(next).at().isAfter(now)) {
                var course = new Course(load.get(next++));
                waiting.put(course.work.id(), course);
                all.add(course);
            }
            apply(planner.apply(snapshot(now)), now);
            samples.add(new Sample(
                    now,
                    held.size(),
                    waiting.size(),
                    waiting.values().stream()
                            .mapToInt(course -> course.work.devices())
                            .sum()));
            Instant event = running.values().stream()
                    .map(Course::freesAt)
                    .min(Comparator.naturalOrder())
                    .orElse(until);
            if (next < load.size() && load.get(next).at().isBefore(event)) {
                event = load.get(next).at();
            }
            Instant tick = now.plus(TICK);
            now = event.isAfter(tick) ? event : tick;
        }
        return new Outcome(fleet, all, samples, until);
    }

    /** Lets happen, in order, what was to happen until now. */
    private void settle(Instant now) {
        var due = new PriorityQueue<>(
                Comparator.comparing(Course::freesAt).thenComparing((Course course) -> course.work.id()));
        running.values().stream()
                .filter(course -> !course.freesAt().isAfter(now))
                .forEach(due::add);
        while (!due.isEmpty()) {
            Course course = due.remove();
            Instant at = course.freesAt();
            charge(course.work.tenant().id(), at);
            held.removeAll(course.giveBack(at));
            running.remove(course.work.id());
            if (!course.hasEnded()) {
                waiting.put(course.work.id(), course);
            }
        }
        fleet.tenants().forEach(tenant -> charge(tenant.id(), now));
    }

    private void charge(UUID tenant, Instant now) {
        int devices = running.values().stream()
                .filter(course -> course.work.tenant().id().equals(tenant))
                .mapToInt(course -> course.work.devices())
                .sum();
        usage.merge(tenant, new DecayedUsage(0, now), (had, _) -> had.plus(devices, now));
    }

    private void apply(List<Decision> decisions, Instant now) {
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Start start -> {
                    Course course = waiting.remove(start.job());
                    if (course == null || start.devices().size() != course.work.devices()) {
                        throw new IllegalStateException("Not to be started: " + start);
                    }
                    for (UUID device : start.devices()) {
                        if (!held.add(device)) {
                            throw new IllegalStateException("Held already: " + device);
                        }
                    }
                    course.start(Set.copyOf(start.devices()), now);
                    running.put(start.job(), course);
                }
                case Decision.Preempt preempt -> leave(preempt.job(), now);
                case Decision.Stop stop -> leave(stop.job(), now);
                case Decision.Wait _ -> {}
            }
        }
    }

    private void leave(UUID job, Instant now) {
        Course course = running.get(job);
        if (course == null) {
            throw new IllegalStateException("Does not run: " + job);
        }
        course.leave(now.plus(rules.leaveTime()));
    }

    private ClusterSnapshot snapshot(Instant now) {
        UUID pool = fleet.pool().id();
        return new ClusterSnapshot(
                now,
                List.of(fleet.pool()),
                fleet.nodes(),
                fleet.quotas(),
                List.of(),
                usage.entrySet().stream()
                        .map(entry ->
                                new Usage(entry.getKey(), pool, entry.getValue().at(now)))
                        .toList(),
                running.values().stream()
                        .map(course -> course.running(pool, now))
                        .toList(),
                waiting.values().stream().map(course -> course.queued(pool)).toList(),
                rules);
    }
}
