package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;

/** What may be done with a job now, by whoever looks. */
public record JobChanges(boolean pause, boolean resume, boolean cancel) {
    /** People change their own jobs, admins all; the use-case says the same. */
    public static JobChanges of(JobView job) {
        Caller caller = Caller.current();
        boolean mine = caller.person().filter(job.userId()::equals).isPresent();
        boolean allowed = caller.may(Permission.WRITE) && (mine || caller.may(Permission.MANAGE_TENANT));
        JobState state = job.state();
        return new JobChanges(
                allowed
                        && (state.canBecome(JobState.PAUSING) || state.canBecome(JobState.PAUSED))
                        && state != JobState.PAUSING,
                allowed && state == JobState.PAUSED,
                allowed && !state.ended());
    }
}
