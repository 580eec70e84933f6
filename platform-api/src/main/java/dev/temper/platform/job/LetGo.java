package dev.temper.platform.job;

import dev.temper.platform.resource.Leases;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Ends the attempt of a job, if it has one: its devices come back, and the ledger is complete. */
@Component
class LetGo {
    private final Attempts attempts;
    private final Leases leases;

    LetGo(Attempts attempts, Leases leases) {
        this.attempts = attempts;
        this.leases = leases;
    }

    void of(Job job, String reason, Instant now) {
        job.fence().ifPresent(fence -> {
            leases.release(fence, now, reason);
            job.letGo(attempts.end(fence, reason, now));
        });
    }
}
