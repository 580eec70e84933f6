package dev.temper.platform.scheduling;

import java.time.Duration;

/**
 * The constants of planning.
 *
 * @param patience after this long in the queue a job goes by age alone among its kind (guaranteed, borrowed): no job that
 *     came later overtakes it there, whatever its priority or its tenant's share
 * @param preemptionPause how long a job is left alone after it was preempted
 * @param shareHorizon how much of the time that a tenant's runs will still take counts as used already
 * @param leaveTime how long a run takes to save and give its devices back
 * @param claimsPerRound how many guaranteed jobs may have others make room in one plan of a pool
 */
public record PlanningRules(
        Duration patience, Duration preemptionPause, Duration shareHorizon, Duration leaveTime, int claimsPerRound) {
    public static final PlanningRules DEFAULT = new PlanningRules(
            Duration.ofHours(24), Duration.ofHours(1), Duration.ofHours(1), Duration.ofMinutes(1), 32);
}
