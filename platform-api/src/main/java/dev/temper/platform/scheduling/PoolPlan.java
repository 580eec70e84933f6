package dev.temper.platform.scheduling;

import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import dev.temper.platform.scheduling.ClusterSnapshot.Pool;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.ClusterSnapshot.Quota;
import dev.temper.platform.scheduling.ClusterSnapshot.Reservation;
import dev.temper.platform.scheduling.ClusterSnapshot.Running;
import dev.temper.platform.scheduling.ClusterSnapshot.Usage;
import dev.temper.platform.scheduling.Decision.Preempt.Reason;
import dev.temper.platform.scheduling.Floor.Keeping;
import dev.temper.platform.scheduling.Floor.Portion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plan of one pool. Pools share nothing, so each is planned alone. */
final class PoolPlan {
    private final Instant now;
    private final PlanningRules rules;
    private final Pool pool;
    private final SortedMap<UUID, Account> accounts = new TreeMap<>();
    private final List<Tenure> runs = new ArrayList<>();
    private final Floor floor;
    private final List<Node> nodes;
    private final Map<Capacity.Wanted, Capacity> capacities = new HashMap<>();
    private final Windows windows;
    private final List<Held> waiting = new ArrayList<>();
    private final List<Held> outOfLine = new ArrayList<>();

    private int claims;
    private boolean somebodyWaitsForDevices;

    /** Who waits and why; with the moment from which devices are kept for it, where that is known. */
    private record Held(
            Applicant applicant, Waiting why, @Nullable Instant from) {}

    PoolPlan(ClusterSnapshot snapshot, Pool pool) {
        this.now = snapshot.now();
        this.rules = snapshot.rules();
        this.pool = pool;
        List<Reservation> reservations = snapshot.reservations().stream()
                .filter(reservation -> reservation.pool().equals(pool.id())
                        && reservation.ends().isAfter(now))
                .toList();
        openAccounts(snapshot, reservations);
        this.nodes = snapshot.nodes().stream()
                .filter(node -> node.pool().equals(pool.id()))
                .toList();
        this.floor = new Floor(spots(snapshot));
        this.windows = new Windows(reservations, runs, floor.size(), now);
        for (Queued job : snapshot.queued()) {
            if (job.pool().equals(pool.id())) {
                Queued willing = floor.canAvoid(job) ? job : job.anywhere();
                enter(new Applicant(willing, account(job.tenant()), now, rules));
            }
        }
    }

    void decide(List<Decision> decisions) {
        stopWhatRanTooLong(decisions);
        moveOffLostNodes(decisions);
        accounts.values().forEach(Account::shareOutGuarantee);
        lowerToCeilings(decisions);
        serve(new Line(accounts.values(), true), decisions);
        serve(new Line(accounts.values(), false), decisions);
        outOfLine.sort(Comparator.comparing(Held::applicant, Line.AGE));
        waiting.addAll(outOfLine);
        explain(decisions);
    }

    private void openAccounts(ClusterSnapshot snapshot, List<Reservation> reservations) {
        Map<UUID, Double> used = snapshot.usage().stream()
                .filter(usage -> usage.pool().equals(pool.id()))
                .collect(Collectors.toMap(Usage::tenant, Usage::deviceSeconds, Double::sum));
        for (Quota quota : snapshot.quotas()) {
            if (quota.pool().equals(pool.id())) {
                accounts.put(quota.tenant(), new Account(quota, used.getOrDefault(quota.tenant(), 0.0), now, rules));
            }
        }
        used.forEach((tenant, seconds) ->
                accounts.computeIfAbsent(tenant, absent -> new Account(noQuota(tenant), seconds, now, rules)));
        for (Reservation reservation : reservations) {
            if (reservation.isActive(now)) {
                account(reservation.tenant()).reserve(reservation.devices());
            }
        }
    }

    private Account account(UUID tenant) {
        return accounts.computeIfAbsent(tenant, absent -> new Account(noQuota(tenant), 0, now, rules));
    }

    private Quota noQuota(UUID tenant) {
        return new Quota(tenant, pool.id(), 0, pool.defaultCeiling(), null, null, null, null, Map.of());
    }

    /** Puts every run where it is, and what is left on the open nodes on the floor. */
    private List<Spot> spots(ClusterSnapshot snapshot) {
        Map<UUID, Tenure> holders = new HashMap<>();
        List<Running> byJob = snapshot.running().stream()
                .filter(running -> running.pool().equals(pool.id()))
                .sorted(Comparator.comparing(Running::job))
                .toList();
        for (Running running : byJob) {
            var run = Tenure.of(running, account(running.tenant()), now, rules);
            account(running.tenant()).hold(run, running.user());
            runs.add(run);
            running.devices().forEach(device -> holders.put(device, run));
        }
        var spots = new ArrayList<Spot>();
        for (Node node : nodes) {
            var here = new EnumMap<DeviceKind, Spot>(DeviceKind.class);
            for (var device : node.devices()) {
                Spot spot = here.computeIfAbsent(device.kind(), kind -> new Spot(node, kind));
                Tenure holder = holders.get(device.id());
                if (holder != null && (!device.healthy() || node.availability() == NodeAvailability.DRAINING)) {
                    holder.lose(device.healthy() ? Reason.DRAIN : Reason.SICK_DEVICE);
                }
                if (device.healthy() && holder != null) {
                    spot.occupied(holder);
                } else if (device.healthy()) {
                    spot.offer(device.id());
                }
            }
            if (node.availability() == NodeAvailability.OPEN) {
                spots.addAll(here.values());
            }
        }
        return spots;
    }

    /** Who can't start whatever ends is told so, and holds up nobody. */
    private void enter(Applicant applicant) {
        Queued job = applicant.job;
        Capacity capacity = capacities.computeIfAbsent(Capacity.Wanted.by(job), wanted -> Capacity.of(nodes, wanted));
        int own = applicant.account.ceilingOf(job.user());
        int possible = Math.min(own, capacity.most(job.acrossNodes()));
        if (job.notBefore() != null && job.notBefore().isAfter(now)) {
            outOfLine.add(new Held(applicant, new Waiting.Resting(job.notBefore()), null));
        } else if (!nodes.isEmpty() && nodes.stream().noneMatch(node -> node.canRun(job.run()))) {
            outOfLine.add(new Held(applicant, new Waiting.NoNodeCan(job.run()), null));
        } else if (job.devices() > possible) {
            outOfLine.add(new Held(applicant, new Waiting.NeverFits(job.devices(), possible), null));
        } else if (job.devices() > capacity.mostOpen(job.acrossNodes())) {
            var unavailable = new Waiting.NodesUnavailable(
                    job.devices(), capacity.mostOpen(job.acrossNodes()), capacity.most(job.acrossNodes()));
            outOfLine.add(new Held(applicant, unavailable, null));
        } else {
            applicant.account.applicants.add(applicant);
        }
    }

    private void stopWhatRanTooLong(List<Decision> decisions) {
        for (Tenure run : runs) {
            Duration max = run.account.maxRun();
            if (max != null && run.running != null && !run.leaving) {
                Duration ran = run.running.workedBefore().plus(Duration.between(run.running.since(), now));
                if (ran.compareTo(max) > 0) {
                    decisions.add(new Decision.Stop(run.job, ran, max));
                    run.leave(now.plus(rules.leaveTime()));
                }
            }
        }
    }

    private void moveOffLostNodes(List<Decision> decisions) {
        for (Tenure run : runs) {
            Reason lost = run.lost();
            if (lost != null && !run.leaving) {
                ask(run, lost, null, decisions);
            }
        }
    }

    private void lowerToCeilings(List<Decision> decisions) {
        Comparator<Tenure> borrowedFirst =
                Comparator.<Tenure>comparingInt(run -> run.borrowed ? 0 : 1).thenComparing(Clearing.cheapestFirst(now));
        for (Account account : accounts.values()) {
            List<Tenure> staying = account.runs.stream()
                    .filter(run -> !run.leaving)
                    .sorted(borrowedFirst)
                    .toList();
            int over = staying.stream().mapToInt(run -> run.devices).sum() - account.ceiling();
            for (Tenure run : staying) {
                if (over > 0 && run.mayBeAsked(now, rules)) {
                    ask(run, Reason.CEILING, null, decisions);
                    over -= run.devices;
                }
            }
        }
    }

    private void ask(Tenure run, Reason reason, @Nullable UUID claimant, List<Decision> decisions) {
        decisions.add(new Decision.Preempt(run.job, reason, claimant));
        run.leave(now.plus(rules.leaveTime()));
    }

    private void serve(Line line, List<Decision> decisions) {
        boolean somethingIsKept = false;
        for (var turn = line.next(); turn != null; turn = line.next()) {
            Applicant applicant = turn.applicant();
            Held held = start(applicant, decisions);
            if (held == null && !applicant.started) {
                held = applicant.guaranteed && claims < rules.claimsPerRound() ? claim(applicant, decisions) : null;
                if (held == null && !somethingIsKept) {
                    held = keep(applicant);
                    somethingIsKept = held != null;
                }
                if (held == null) {
                    held = new Held(applicant, crowded(applicant.job), null);
                }
                somebodyWaitsForDevices = true;
            }
            if (held != null) {
                waiting.add(held);
            }
            turn.over();
        }
    }

    /** Starts it, or says which rule holds it; null where it is not started for want of devices. */
    private @Nullable Held start(Applicant applicant, List<Decision> decisions) {
        Queued job = applicant.job;
        Waiting rule = applicant.account.rule(job);
        if (rule != null) {
            return new Held(applicant, rule, null);
        }
        Reservation reservation = windows.inTheWayOf(applicant);
        if (reservation != null) {
            var why = new Waiting.Reserved(
                    job.devices(), reservation.devices(), reservation.starts(), reservation.ends());
            return new Held(applicant, why, null);
        }
        List<Portion> portions = floor.fit(job, applicant.ends);
        if (portions != null) {
            var run = Tenure.starting(applicant, applicant.ends);
            run.borrowed = !applicant.guaranteed;
            applicant.started = true;
            runs.add(run);
            applicant.account.hold(run, job.user());
            windows.take(run);
            decisions.add(
                    new Decision.Start(job.job(), floor.take(portions, run), run.borrowed, somebodyWaitsForDevices));
        }
        return null;
    }

    /** Has others make room for a job that is owed its devices. */
    private @Nullable Held claim(Applicant applicant, List<Decision> decisions) {
        Clearing clearing = Clearing.find(applicant.job, floor, now, rules);
        if (clearing == null) {
            return null;
        }
        claims++;
        clearing.asked().forEach(run -> ask(run, Reason.GUARANTEE, applicant.job.job(), decisions));
        Instant from = now.plus(rules.leaveTime());
        new Keeping(from, clearing.portions()).apply();
        var why = new Waiting.RoomBeingMade(
                applicant.job.devices(), clearing.asked().size() + clearing.leaving());
        return new Held(applicant, why, from);
    }

    private @Nullable Held keep(Applicant applicant) {
        Keeping keeping = floor.soonest(applicant.job, now);
        if (keeping == null) {
            return null;
        }
        keeping.apply();
        return new Held(applicant, busy(applicant.job), keeping.from());
    }

    private Waiting crowded(Queued job) {
        Instant until = floor.keptUntil(job);
        return until == null
                ? busy(job)
                : new Waiting.KeptForJobAhead(job.devices(), until, Duration.between(now, until));
    }

    private Waiting busy(Queued job) {
        return new Waiting.DevicesBusy(job.devices(), floor.free(job), floor.largestFree(job));
    }

    private void explain(List<Decision> decisions) {
        var forecast = new Forecast(floor, accounts.values(), now);
        int position = 0;
        for (Held held : waiting) {
            position++;
            Instant start = forecast.start(held.applicant, held.why, held.from);
            decisions.add(new Decision.Wait(held.applicant.job.job(), position, held.why, start));
        }
    }
}
