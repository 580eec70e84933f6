package dev.temper.platform.common;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Service;

/**
 * What runs in the background, once in all replicas: a feature declares its {@link Task}s as beans and asks here for them to
 * run. What is asked for in a transaction is asked for only if it commits. One that was under way when its process died
 * begins again within a quarter of a minute, so a task goes on or starts over from what it finds.
 */
@Service
public class Chores implements SmartLifecycle {
    private static final int AT_ONCE = 8;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int MISSED_WHEN_DEAD = 5;

    private final Scheduler scheduler;
    private boolean started;

    Chores(DataSource source, List<Task<?>> tasks) {
        List<RecurringTask<?>> recurring = new ArrayList<>();
        List<Task<?>> asked = new ArrayList<>();
        for (Task<?> task : tasks) {
            if (task instanceof RecurringTask<?> again) {
                recurring.add(again);
            } else {
                asked.add(task);
            }
        }
        this.scheduler = Scheduler.create(new TransactionAwareDataSourceProxy(source), asked)
                .startTasks(recurring)
                .threads(AT_ONCE)
                .pollingInterval(LOOK)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_WHEN_DEAD)
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
    }

    /** Asks for a task to run as soon as it can. */
    public <T> void soon(Task<T> task, UUID id, T data) {
        scheduler.scheduleIfNotExists(task.instance(id.toString(), data), Instant.EPOCH);
        scheduler.triggerCheckForDueExecutions();
    }

    /** A context that a test run puts aside could not take its work up again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    /** Only a platform that answers works; one that merely starts to be measured does not. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        scheduler.start();
        started = true;
    }

    @Override
    public void start() {
        // Begins when everything else is there.
    }

    @Override
    public void stop() {
        if (started) {
            started = false;
            scheduler.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
