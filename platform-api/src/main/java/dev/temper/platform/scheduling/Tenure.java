package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run in the middle of planning: whose it is, how much it holds, and when it is expected to end. */
final class Tenure {
    final UUID job;
    final Account account;
    final int devices;
    final int priority;
    final Instant queuedSince;
    /** Null: it starts in this plan. */
    final @Nullable Running running;

    Instant ends;
    boolean leaving;
    /** Above what its tenant is guaranteed. */
    boolean borrowed;

    private Decision.Preempt.@Nullable Reason lost;

    private Tenure(
            UUID job,
            Account account,
            int devices,
            int priority,
            Instant queuedSince,
            @Nullable Running running,
            Instant ends) {
        this.job = job;
        this.account = account;
        this.devices = devices;
        this.priority = priority;
        this.queuedSince = queuedSince;
        this.running = running;
        this.ends = ends;
    }

    static Tenure of(Running running, Account account, Instant now, PlanningRules rules) {
        var tenure = new Tenure(
                running.job(),
                account,
                running.devices().size(),
                running.priority(),
                running.queuedSince(),
                running,
                expectedEnd(running, now, rules));
        if (running.leaving()) {
            tenure.leave(now.plus(rules.leaveTime()));
        }
        return tenure;
    }

    static Tenure starting(Applicant applicant, Instant ends) {
        var job = applicant.job;
        return new Tenure(job.job(), applicant.account, job.devices(), job.priority(), job.queuedSince(), null, ends);
    }

    void leave(Instant end) {
        leaving = true;
        ends = end;
    }

    /** What it runs on goes away. */
    void lose(Decision.Preempt.Reason reason) {
        lost = reason;
    }

    Decision.Preempt.@Nullable Reason lost() {
        return lost;
    }

    /** Whether planning may choose it to make room for somebody. */
    boolean mayBeAsked(Instant now, PlanningRules rules) {
        if (running == null || leaving) {
            return false;
        }
        Instant last = running.lastPreempted();
        return last == null || !last.plus(rules.preemptionPause()).isAfter(now);
    }

    /** Device-seconds that would have to be done again. */
    long lostWork(Instant now) {
        if (running == null) {
            return 0;
        }
        Instant saved = running.savedAt();
        Instant from = saved != null && saved.isAfter(running.since()) ? saved : running.since();
        return Math.max(0, Duration.between(from, now).toSeconds()) * devices;
    }

    /** A run that outlived its estimate is taken to need another tenth of what it has taken. */
    private static Instant expectedEnd(Running running, Instant now, PlanningRules rules) {
        Instant estimated = running.since().plus(running.estimate());
        if (estimated.isAfter(now)) {
            return estimated;
        }
        Duration tenth = Duration.between(running.since(), now).dividedBy(10);
        return now.plus(tenth.compareTo(rules.leaveTime()) > 0 ? tenth : rules.leaveTime());
    }
}
