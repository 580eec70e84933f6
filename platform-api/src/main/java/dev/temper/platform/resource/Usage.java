package dev.temper.platform.resource;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the tenant in scope used, by the ledger's sums of days. */
@Service
public class Usage {
    private final JdbcClient jdbc;

    Usage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of days, pools and people; by the primary key of ledger_days. */
    @Transactional(readOnly = true)
    public List<UsageDay> of(YearMonth month) {
        Caller.current().require(Permission.READ);
        return jdbc.sql("""
                        select d.day, p.name as pool, d.user_id, u.email as person, d.borrowed,
                               round(d.device_seconds)::bigint as device_seconds
                        from ledger_days d join pools p on p.id = d.pool_id join users u on u.id = d.user_id
                        where d.tenant_id = ? and d.day between ? and ?
                        order by d.day, p.name, u.email, d.borrowed
                        """)
                .params(TenantScope.require(), month.atDay(1), month.atEndOfMonth())
                .query((row, _) -> new UsageDay(
                        row.getObject("day", LocalDate.class),
                        row.getString("pool"),
                        row.getObject("user_id", UUID.class),
                        row.getString("person"),
                        row.getBoolean("borrowed"),
                        row.getLong("device_seconds")))
                .list();
    }
}
