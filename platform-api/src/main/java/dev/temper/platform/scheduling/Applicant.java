package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import java.time.Instant;

/** A waiting job in the middle of planning. */
final class Applicant {
    final Queued job;
    final Account account;
    /** When it would end if it started now. */
    final Instant ends;
    /** It waited longer than the patience. */
    final boolean overdue;
    /** It is within what its tenant is guaranteed. */
    boolean guaranteed;

    boolean started;

    Applicant(Queued job, Account account, Instant now, PlanningRules rules) {
        this.job = job;
        this.account = account;
        this.ends = now.plus(account.runTime(job.estimate()));
        this.overdue = job.queuedSince().plus(rules.patience()).isBefore(now);
    }
}
