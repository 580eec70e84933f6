package dev.temper.platform.scheduling;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code temper.scheduling.*}: how the queue is planned.
 *
 * @param active whether this process plans when no other does
 * @param tick the longest time between two plans
 * @param patience after this long in the queue a job goes by age alone
 */
@Validated
@ConfigurationProperties("temper.scheduling")
record SchedulingSettings(
        @DefaultValue("true") boolean active,

        @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("2s")
        Duration tick,

        @NotNull @DurationMin(minutes = 1) @DefaultValue("24h")
        Duration patience) {

    PlanningRules rules() {
        PlanningRules usual = PlanningRules.DEFAULT;
        return new PlanningRules(
                patience, usual.preemptionPause(), usual.shareHorizon(), usual.leaveTime(), usual.claimsPerRound());
    }
}
