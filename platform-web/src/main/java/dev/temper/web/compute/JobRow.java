package dev.temper.web.compute;

import dev.temper.platform.job.JobView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import org.jspecify.annotations.Nullable;

/**
 * A job as a list draws it.
 *
 * @param waiting why it waits
 */
record JobRow(
        long number,
        String name,
        Status status,
        String owner,
        String pool,
        int devices,
        int priority,
        @Nullable Moment since,
        @Nullable Wait waiting) {
    /**
     * Why it waits.
     *
     * @param starts when it is thought to start
     */
    record Wait(int position, String why, @Nullable Moment starts) {}

    static JobRow of(JobView job, @Nullable Wait waiting, Formats formats) {
        return new JobRow(
                job.number(),
                job.name(),
                Status.of(job.state()),
                job.owner(),
                job.pool(),
                job.devices(),
                job.priority(),
                formats.moment(job.stateSince()),
                waiting);
    }
}
