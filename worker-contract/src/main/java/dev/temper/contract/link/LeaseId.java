package dev.temper.contract.link;

import java.util.UUID;

/**
 * One attempt at a job by one worker.
 *
 * @param fence grows with each lease of the job: who has an older one has lost it
 */
public record LeaseId(UUID job, long fence) {
    public LeaseId {
        LinkCheck.present("job", job);
        LinkCheck.positive("fence", fence);
    }
}
