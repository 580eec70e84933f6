package dev.temper.platform.scheduling;

import dev.temper.platform.common.Caller;
import javax.sql.DataSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has this process plan when no other does, from when it answers until it begins to stop. */
@Component
final class PlanningLoop implements SmartLifecycle {
    private final boolean active;
    private final Leader leader;
    private boolean started;

    PlanningLoop(SchedulingSettings settings, DataSource source, Upkeep upkeep, Round round) {
        this.active = settings.active();
        this.leader = new Leader(
                "scheduler",
                source,
                settings.tick(),
                () -> Caller.system("scheduler").run(() -> {
                    upkeep.run();
                    round.run();
                }));
    }

    /** As the chores: a platform that merely starts to be measured plans nothing. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (active && !started) {
            started = true;
            leader.start();
        }
    }

    /** A context that a test run puts aside could not take its work up again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public void start() {
        // Begins when everything else is there.
    }

    @Override
    public void stop() {
        if (started) {
            started = false;
            leader.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
