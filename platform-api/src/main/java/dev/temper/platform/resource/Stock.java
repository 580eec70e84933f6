package dev.temper.platform.resource;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts machines by pool; part of work on the fleet. */
@Repository
class Stock {
    private final JdbcClient jdbc;
    private final Clock clock;

    Stock(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Map<UUID, PoolStock> ofPools() {
        Map<UUID, PoolStock> stock = new HashMap<>();
        jdbc.sql("""
                with counted as (
                    select n.pool_id, count(distinct n.id) as nodes, count(d.id) as devices,
                           count(d.id) filter (where u.usable) as usable, count(l.id) as held,
                           count(d.id) filter (where u.usable and l.id is null) as free
                    from nodes n left join devices d on d.node_id = n.id and d.present
                    left join device_leases l on l.device_id = d.id and l.held_until is null
                    cross join lateral (select d.sick_reason is null and n.state = 'READY' and n.sick_reason is null
                        and n.last_seen_at > :silent as usable) u
                    where n.retired_at is null group by n.pool_id)
                select p.id, coalesce(c.nodes, 0) as nodes, coalesce(c.devices, 0) as devices,
                       coalesce(c.usable, 0) as usable, coalesce(c.held, 0) as held, coalesce(c.free, 0) as free,
                       (select coalesce(sum(q.guaranteed), 0) from quotas q where q.pool_id = p.id) as guaranteed
                from pools p left join counted c on c.pool_id = p.id
                """)
                .param("silent", Timestamp.from(clock.instant().minus(Nodes.SILENCE)))
                .query(row -> {
                    stock.put(
                            row.getObject("id", UUID.class),
                            new PoolStock(
                                    row.getInt("nodes"),
                                    row.getInt("devices"),
                                    row.getInt("usable"),
                                    row.getInt("held"),
                                    row.getInt("free"),
                                    row.getInt("guaranteed")));
                });
        return stock;
    }

    Map<String, List<PoolDevices>> devices() {
        Map<String, List<PoolDevices>> devices = new HashMap<>();
        jdbc.sql("""
                with counted as (
                    select n.pool_id, n.id, d.kind, d.model, d.memory_bytes, d.bf16, count(*) as count
                    from nodes n join devices d on d.node_id = n.id and d.present and d.sick_reason is null
                    where n.retired_at is null group by n.pool_id, n.id, d.kind, d.model, d.memory_bytes, d.bf16)
                select p.name as pool, c.kind, c.model, c.memory_bytes, c.bf16, sum(c.count) as count, max(c.count) as node
                from counted c join pools p on p.id = c.pool_id
                group by p.name, c.kind, c.model, c.memory_bytes, c.bf16
                order by array_position(array['NVIDIA', 'SIMULATED', 'CPU'], c.kind), c.memory_bytes desc, c.model
                """).query(row -> {
            devices.computeIfAbsent(row.getString("pool"), _ -> new ArrayList<>())
                    .add(new PoolDevices(
                            DeviceKind.valueOf(row.getString("kind")),
                            row.getString("model"),
                            row.getLong("memory_bytes"),
                            row.getBoolean("bf16"),
                            row.getInt("count"),
                            row.getInt("node")));
        });
        return devices;
    }
}
