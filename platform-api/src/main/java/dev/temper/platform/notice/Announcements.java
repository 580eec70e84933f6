package dev.temper.platform.notice;

import dev.temper.platform.common.Ids;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportState;
import dev.temper.platform.dataset.ImportStopped;
import dev.temper.platform.job.JobEnded;
import dev.temper.platform.job.JobState;
import dev.temper.platform.resource.BudgetReached;
import dev.temper.platform.tenant.Members;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes down who is to be told what, in the transaction of what it is about. Nothing is sent from here. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Announcements {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final NoticeChoices choices;
    private final DeliveryTable deliveries;
    private final Members members;
    private final Clock clock;

    Announcements(JdbcClient jdbc, NoticeChoices choices, DeliveryTable deliveries, Members members, Clock clock) {
        this.jdbc = jdbc;
        this.choices = choices;
        this.deliveries = deliveries;
        this.members = members;
        this.clock = clock;
    }

    @EventListener
    public void on(JobEnded job) {
        if (job.taskId() == null || !job.trains()) {
            return; // asked for by a program, which asks how it ended, or seen on its task's page
        }
        Map<String, @Nullable Object> facts = facts("task", job.taskId(), "name", job.name(), "job", job.jobId());
        if (job.state() == JobState.FAILED) {
            facts.put("failureCode", job.failureCode());
            facts.put("failureMessage", job.failureMessage());
        }
        if (job.state() == JobState.CANCELLED) {
            facts.put("by", job.by());
        }
        announce(job.tenantId(), type(job.state()), List.of(job.userId()), facts, job.at());
    }

    private static NoticeType type(JobState state) {
        return switch (state) {
            case SUCCEEDED -> NoticeType.TASK_SUCCEEDED;
            case FAILED -> NoticeType.TASK_FAILED;
            case CANCELLED -> NoticeType.TASK_CANCELLED;
            case QUEUED, ASSIGNED, STARTING, RUNNING, PAUSING, PAUSED, PREEMPTING ->
                throw new IllegalArgumentException(state + " is no end");
        };
    }

    @EventListener
    public void on(ImportStopped stopped) {
        Map<String, @Nullable Object> facts = facts("import", stopped.importId(), "name", stopped.fileName());
        if (stopped.state() != ImportState.MAPPING_NEEDED) {
            facts.put("rowsKept", stopped.rowsKept());
            facts.put("rowsLeftOut", stopped.rowsLeftOut());
        }
        if (stopped.failureCode() != null) {
            facts.put("failureCode", stopped.failureCode());
        }
        NoticeType type = switch (stopped.state()) {
            case SUCCEEDED -> NoticeType.IMPORT_SUCCEEDED;
            case MAPPING_NEEDED -> NoticeType.IMPORT_MAPPING_NEEDED;
            case FAILED -> NoticeType.IMPORT_FAILED;
            case QUEUED, RUNNING, CANCELLED -> throw new IllegalArgumentException(stopped.state() + " is no stop");
        };
        List<UUID> readers = stopped.user() == null ? List.of() : List.of(stopped.user());
        announce(TenantScope.require(), type, readers, facts, clock.instant());
    }

    @EventListener
    public void on(BudgetReached budget) {
        announce(
                TenantScope.require(),
                NoticeType.BUDGET_REACHED,
                members.admins(),
                facts(
                        "pool",
                        budget.pool(),
                        "percent",
                        budget.percent(),
                        "hours",
                        budget.hours(),
                        "usedSeconds",
                        budget.usedSeconds(),
                        "renewsAt",
                        budget.renewsAt().toString()),
                clock.instant());
    }

    private void announce(
            UUID tenant, NoticeType type, List<UUID> readers, Map<String, @Nullable Object> facts, Instant at) {
        for (UUID reader : readers) {
            jdbc.sql("""
                    insert into notices (id, tenant_id, user_id, type, data, at, mail_due_at)
                    values (?, ?, ?, ?, ?::jsonb, ?, ?)
                    """)
                    .params(Arrays.asList(
                            Ids.next(),
                            tenant,
                            reader,
                            type.code(),
                            JSON.writeValueAsString(facts),
                            Timestamp.from(at),
                            choices.byMail(reader, type) ? Timestamp.from(at) : null))
                    .update();
        }
        List<UUID> listening = jdbc.sql("select id from webhooks where tenant_id = ? and active and ? = any (events)")
                .params(tenant, type.code())
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
        for (UUID webhook : listening) {
            deliveries.insert(tenant, webhook, type.code(), facts, at);
        }
    }

    /** In the order they are told. */
    private static Map<String, @Nullable Object> facts(@Nullable Object... pairs) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            facts.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return facts;
    }
}
