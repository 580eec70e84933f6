package dev.temper.platform.scheduling;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The waiting jobs of a pool in the order of their turns. A tenant's share moves with each of its jobs that starts, so the next
 * is always chosen among the first of every tenant; each job is looked at once.
 */
final class Line {
    static final Comparator<Applicant> AGE = Comparator.<Applicant, Instant>comparing(
                    applicant -> applicant.job.queuedSince())
            .thenComparing(applicant -> applicant.job.job());

    /** A share is the same within a tenant, so this is also the order of a tenant's own jobs. */
    private static final Comparator<Applicant> TURN = (left, right) -> {
        if (left.overdue || right.overdue) {
            return left.overdue && right.overdue ? AGE.compare(left, right) : left.overdue ? -1 : 1;
        }
        int byPriority = Integer.compare(right.job.priority(), left.job.priority());
        if (byPriority != 0) {
            return byPriority;
        }
        int byShare = Double.compare(left.account.share(), right.account.share());
        return byShare != 0 ? byShare : AGE.compare(left, right);
    };

    private final PriorityQueue<Own> tenants;

    /** One tenant's jobs that are not looked at yet. */
    private static final class Own {
        private final List<Applicant> applicants;
        private int next;

        Own(Stream<Applicant> applicants) {
            this.applicants = applicants.sorted(TURN).toList();
        }

        Applicant first() {
            return applicants.get(next);
        }

        boolean isDone() {
            return next == applicants.size();
        }
    }

    Line(Iterable<Account> accounts, boolean guaranteed) {
        tenants = new PriorityQueue<>(Comparator.comparing(Own::first, TURN));
        for (Account account : accounts) {
            var own = new Own(account.applicants.stream().filter(applicant -> applicant.guaranteed == guaranteed));
            if (!own.isDone()) {
                tenants.add(own);
            }
        }
    }

    /** Whose turn it is. To be followed by {@link Turn#over} once it is decided. */
    @Nullable
    Turn next() {
        Own first = tenants.poll();
        return first == null ? null : new Turn(first);
    }

    final class Turn {
        private final Own of;

        private Turn(Own of) {
            this.of = of;
        }

        Applicant applicant() {
            return of.first();
        }

        void over() {
            of.next++;
            if (!of.isDone()) {
                tenants.add(of);
            }
        }
    }
}
