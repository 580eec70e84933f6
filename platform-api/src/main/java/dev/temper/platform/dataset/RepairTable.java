package dev.temper.platform.dataset;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which rows of a report were mended. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RepairTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    RepairTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void add(UUID run, Collection<Long> numbers, UUID version) {
        jdbc.sql("""
                insert into dataset_repairs (tenant_id, import_id, number, version_id, repaired_by, repaired_at)
                select ?, ?, number, ?, ?, ? from unnest(?::bigint[]) number
                """)
                .params(Arrays.asList(
                        TenantScope.require(),
                        run,
                        version,
                        Caller.current().userId(),
                        Timestamp.from(clock.instant()),
                        numbers.toArray(Long[]::new)))
                .update();
    }

    /** The version each is in, by its number; those that nobody mended are missing. */
    public Map<Long, UUID> of(UUID run, Collection<Long> numbers) {
        Map<Long, UUID> versions = new HashMap<>();
        jdbc.sql("select number, version_id from dataset_repairs where import_id = ? and number = any (?)")
                .params(run, numbers.toArray(Long[]::new))
                .query(row -> {
                    versions.put(row.getLong(1), row.getObject(2, UUID.class));
                });
        return versions;
    }

    public long count(UUID run) {
        return jdbc.sql("select count(*) from dataset_repairs where import_id = ?")
                .param(run)
                .query(Long.class)
                .single();
    }
}
