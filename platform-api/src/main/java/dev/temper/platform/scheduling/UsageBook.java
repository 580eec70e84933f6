package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Usage;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What each tenant used of each pool, decayed: written down once in a while, carried forward for each plan. */
@Repository
class UsageBook {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(30);

    private final JdbcClient jdbc;

    UsageBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param devices what it holds now */
    private record Entry(UUID tenant, UUID pool, DecayedUsage usage, int devices) {}

    List<Usage> bring(Instant now) {
        List<Entry> entries = jdbc.sql("""
                        select coalesce(u.tenant_id, h.tenant_id) as tenant_id, coalesce(u.pool_id, h.pool_id) as pool_id,
                               coalesce(u.device_seconds, 0) as device_seconds, coalesce(u.at, :now) as at,
                               coalesce(h.devices, 0) as devices
                        from tenant_usage u full join (
                            select tenant_id, pool_id, count(*) as devices from device_leases
                            where held_until is null group by tenant_id, pool_id) h
                        on h.tenant_id = u.tenant_id and h.pool_id = u.pool_id
                        """)
                .param("now", Timestamp.from(now))
                .query((row, _) -> new Entry(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("pool_id", UUID.class),
                        new DecayedUsage(
                                row.getDouble("device_seconds"),
                                row.getTimestamp("at").toInstant()),
                        row.getInt("devices")))
                .list();
        return entries.stream().map(entry -> bring(entry, now)).toList();
    }

    private Usage bring(Entry entry, Instant now) {
        DecayedUsage usage = entry.usage.plus(entry.devices, now);
        boolean fresh = entry.usage.at().equals(now);
        if (fresh || Duration.between(entry.usage.at(), now).compareTo(WRITE_EVERY) >= 0) {
            jdbc.sql("""
                    insert into tenant_usage (tenant_id, pool_id, device_seconds, at) values (?, ?, ?, ?)
                    on conflict (tenant_id, pool_id) do update
                    set device_seconds = excluded.device_seconds, at = excluded.at where tenant_usage.at < excluded.at
                    """)
                    .params(entry.tenant, entry.pool, usage.deviceSeconds(), Timestamp.from(now))
                    .update();
        }
        return new Usage(entry.tenant, entry.pool, usage.deviceSeconds());
    }
}
