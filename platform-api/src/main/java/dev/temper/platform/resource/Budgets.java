package dev.temper.platform.resource;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** The months' budgets of device-hours, what is used of them, and who is warned. */
@Service
public class Budgets {
    private static final List<Integer> WARN_AT = List.of(100, 80);

    /** By the primary key of ledger_days and device_leases_held: a month costs the same however much happened in it. */
    private static final String BUDGETS = """
            select q.tenant_id, q.pool_id, p.name as pool, q.monthly_gpu_hours as hours, floor(
                coalesce((select sum(d.device_seconds) from ledger_days d
                          where d.tenant_id = q.tenant_id and d.pool_id = q.pool_id and d.day >= :day), 0)
                + coalesce((select sum(extract(epoch from greatest(
                                cast(:now as timestamptz) - greatest(l.posted_until, :month), interval '0')))
                            from device_leases l
                            where l.held_until is null and l.tenant_id = q.tenant_id and l.pool_id = q.pool_id), 0))::bigint
                as used_seconds
            from quotas q join pools p on p.id = q.pool_id where q.monthly_gpu_hours is not null
            """;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;

    Budgets(
            JdbcClient jdbc,
            Audit audit,
            Clock clock,
            TransactionOperations transactions,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
        this.events = events;
    }

    /** Those of the tenant in scope, in the order of the pools' names. */
    @Transactional(readOnly = true)
    public List<BudgetView> list() {
        Caller.current().require(Permission.READ);
        return budgets("and q.tenant_id = :tenant order by p.name", TenantScope.require());
    }

    /** The tenant's in that pool, part of a transaction that is under way. */
    Optional<BudgetView> of(UUID tenant, UUID pool) {
        return budgets("and q.tenant_id = :tenant", tenant).stream()
                .filter(budget -> budget.poolId().equals(pool))
                .findFirst();
    }

    /**
     * Warns tenants that have used 80 or 100 % of a budget: once each a month, in their audit log, and whoever listens.
     *
     * @return how many warnings were written
     */
    public int warn() {
        List<BudgetView> all = FleetScope.call(
                () -> Objects.requireNonNull(transactions.execute(_ -> budgets("and (:tenant::uuid is null)", null))));
        int written = 0;
        for (BudgetView budget : all) {
            for (int percent : WARN_AT) {
                if (budget.percent() >= percent) {
                    written += TenantScope.call(
                                    budget.tenantId(),
                                    () -> Objects.requireNonNull(transactions.execute(_ -> warn(budget, percent))))
                            ? 1
                            : 0;
                    break;
                }
            }
        }
        return written;
    }

    /** The mark in the quota and the row in the log come in one transaction: neither is there without the other. */
    private boolean warn(BudgetView budget, int percent) {
        String month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
        boolean news = jdbc.sql("""
                        update quotas set warned = :mark
                        where tenant_id = :tenant and pool_id = :pool and warned <> :mark and warned <> :more
                        """)
                        .param("mark", month + "/" + percent)
                        .param("more", month + "/100")
                        .param("tenant", budget.tenantId())
                        .param("pool", budget.poolId())
                        .update()
                == 1;
        if (news) {
            audit.record(
                    AuditAction.BUDGET_WARNED,
                    new AuditTarget("budget", budget.poolId().toString(), budget.pool()),
                    null,
                    Map.of(
                            "percent", percent,
                            "hours", budget.hours(),
                            "usedSeconds", budget.usedSeconds(),
                            "renewsAt", budget.renewsAt().toString()));
            events.publishEvent(
                    new BudgetReached(budget.pool(), percent, budget.hours(), budget.usedSeconds(), budget.renewsAt()));
        }
        return news;
    }

    private List<BudgetView> budgets(String which, @Nullable UUID tenant) {
        Instant now = clock.instant();
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        Instant begin = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant renews =
                month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return jdbc.sql(BUDGETS + which)
                .param("now", Timestamp.from(now))
                .param("month", Timestamp.from(begin))
                .param("day", month.atDay(1))
                .param("tenant", tenant)
                .query((row, _) -> new BudgetView(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("pool_id", UUID.class),
                        row.getString("pool"),
                        row.getLong("hours"),
                        row.getLong("used_seconds"),
                        renews))
                .list();
    }
}
