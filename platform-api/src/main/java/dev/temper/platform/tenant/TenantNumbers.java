package dev.temper.platform.tenant;

import dev.temper.platform.common.TenantScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The numbers in a tenant's addresses, as in {@code /t/acme/tasks/1042}: 1, 2, 3 … per tenant and series. */
@Service
public class TenantNumbers {
    private final JdbcClient jdbc;

    TenantNumbers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next number of the tenant in scope. The series stays locked until the transaction ends, so that a number is
     * neither given twice nor lost with a rollback.
     *
     * @param series what is counted, as in {@code tasks}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long next(String series) {
        return jdbc.sql("""
                        insert into tenant_numbers (tenant_id, series, last) values (?, ?, 1)
                        on conflict (tenant_id, series) do update set last = tenant_numbers.last + 1
                        returning last
                        """)
                .params(TenantScope.require(), series)
                .query(Long.class)
                .single();
    }
}
