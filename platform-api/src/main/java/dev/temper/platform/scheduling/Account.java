package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.ClusterSnapshot.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One tenant in one pool while a plan is made: what it may have, and what it has by the decisions so far. */
final class Account {
    private final Quota quota;
    private final Instant now;
    private final PlanningRules rules;
    private final Map<UUID, Integer> heldByUser = new HashMap<>();
    final List<Tenure> runs = new ArrayList<>();
    final List<Applicant> applicants = new ArrayList<>();

    private int reserved;
    private int held;
    private int jobs;
    private double used;
    private double unclaimedBudget;

    Account(Quota quota, double used, Instant now, PlanningRules rules) {
        this.quota = quota;
        this.used = used;
        this.now = now;
        this.rules = rules;
        this.unclaimedBudget = quota.budgetSeconds() == null ? Double.POSITIVE_INFINITY : quota.budgetSeconds();
    }

    /** While a reservation lasts, its devices come on top of the quota. */
    void reserve(int devices) {
        reserved += devices;
    }

    UUID tenant() {
        return quota.tenant();
    }

    int held() {
        return held;
    }

    int guaranteed() {
        return quota.guaranteed() + reserved;
    }

    int ceiling() {
        return quota.ceiling() + reserved;
    }

    @Nullable
    Duration maxRun() {
        return quota.maxRun();
    }

    /** A run is ended when it has taken what it may, so no estimate is longer. */
    Duration runTime(Duration estimate) {
        Duration max = quota.maxRun();
        return max != null && max.compareTo(estimate) < 0 ? max : estimate;
    }

    void hold(Tenure run, UUID user) {
        runs.add(run);
        held += run.devices;
        jobs++;
        heldByUser.merge(user, run.devices, Integer::sum);
        Duration ahead = Duration.between(now, run.ends);
        Duration counted = ahead.compareTo(rules.shareHorizon()) > 0 ? rules.shareHorizon() : ahead;
        used += (double) run.devices * counted.toSeconds();
        unclaimedBudget -= (double) run.devices * ahead.toSeconds();
    }

    /** What the tenant used for each device it is guaranteed: who used less goes first. */
    double share() {
        return used / Math.max(1, quota.guaranteed());
    }

    /**
     * Hands the guarantee out among the tenant's runs and waiting jobs: the most urgent first, and of those as urgent, those
     * that run already. What gets no part of it is borrowed.
     */
    void shareOutGuarantee() {
        var claims = new ArrayList<Claim>(runs.size() + applicants.size());
        for (Tenure run : runs) {
            if (!run.leaving) {
                claims.add(new Claim(run.devices, run.priority, true, run.queuedSince, run.job, run, null));
            }
        }
        if (guaranteed() > 0) {
            for (Applicant applicant : applicants) {
                Queued job = applicant.job;
                claims.add(
                        new Claim(job.devices(), job.priority(), false, job.queuedSince(), job.job(), null, applicant));
            }
        }
        claims.sort(Claim.URGENCY);
        int left = guaranteed();
        for (Claim claim : claims) {
            boolean within = claim.devices <= left;
            if (within) {
                left -= claim.devices;
            }
            if (claim.run != null) {
                claim.run.borrowed = !within;
            } else if (claim.applicant != null) {
                claim.applicant.guaranteed = within;
            }
        }
    }

    private record Claim(
            int devices,
            int priority,
            boolean runs,
            Instant queuedSince,
            UUID job,
            @Nullable Tenure run,
            @Nullable Applicant applicant) {
        static final Comparator<Claim> URGENCY = Comparator.comparingInt(Claim::priority)
                .thenComparing(Claim::runs)
                .reversed()
                .thenComparing(Claim::queuedSince)
                .thenComparing(Claim::job);
    }

    /** Which rule of the tenant's own keeps this job from starting now; null: none. */
    @Nullable
    Waiting rule(Queued job) {
        if (held + job.devices() > ceiling()) {
            return new Waiting.TenantCeiling(job.devices(), held, ceiling());
        }
        Integer userCeiling = quota.userCeilings().get(job.user());
        int heldByThem = heldByUser.getOrDefault(job.user(), 0);
        if (userCeiling != null && heldByThem + job.devices() > userCeiling) {
            return new Waiting.UserCeiling(job.devices(), heldByThem, userCeiling);
        }
        if (quota.maxJobs() != null && jobs >= quota.maxJobs()) {
            return new Waiting.MaxJobs(jobs, quota.maxJobs());
        }
        if (unclaimedBudget <= 0) {
            return new Waiting.BudgetSpent(unclaimedBudget, quota.budgetRenews());
        }
        return null;
    }

    /** When the first of its runs ends; null: it has none. */
    @Nullable
    Instant firstEnd() {
        return runs.stream().map(run -> run.ends).min(Comparator.naturalOrder()).orElse(null);
    }

    /** The most that the job's person may ever hold at once. */
    int ceilingOf(UUID user) {
        return Math.min(ceiling(), quota.userCeilings().getOrDefault(user, Integer.MAX_VALUE));
    }
}
