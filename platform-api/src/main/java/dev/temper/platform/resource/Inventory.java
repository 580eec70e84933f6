package dev.temper.platform.resource;

import dev.temper.platform.common.Ids;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Devices, and nodes as they are shown. */
@Repository
class Inventory {
    private static final RowMapper<DeviceView> DEVICE_VIEW = new SimplePropertyRowMapper<>(DeviceView.class);

    private final JdbcClient jdbc;

    Inventory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<NodeView> nodes(NodeFilter filter, UUID after, int limit, Instant now) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after);
        parameters.put("limit", limit);
        parameters.put("labels", filter.labels().toArray(String[]::new));
        parameters.put("pool", filter.pool());
        parameters.put("state", filter.state() == null ? null : filter.state().name());
        return nodes("""
                n.id > :after and n.retired_at is null and n.labels @> :labels::text[]
                and (:pool::text is null or p.name = :pool::text) and (:state::text is null or n.state = :state::text)
                order by n.id limit :limit
                """, parameters, now);
    }

    List<NodeView> node(UUID id, Instant now) {
        return nodes("n.id = :id", Map.of("id", id), now);
    }

    private List<NodeView> nodes(String condition, Map<String, ?> parameters, Instant now) {
        List<NodeView> bare = jdbc.sql("""
                        select n.*, p.name as pool from nodes n left join pools p on p.id = n.pool_id where
                        """ + condition)
                .params(parameters)
                .query((row, _) -> node(row, now))
                .list();
        Map<UUID, List<DeviceView>> devices = devices(
                        bare.stream().map(NodeView::id).toList())
                .stream()
                .collect(Collectors.groupingBy(DeviceView::nodeId));
        return bare.stream()
                .map(node -> with(node, devices.getOrDefault(node.id(), List.of())))
                .toList();
    }

    /** Where who holds a device is not the caller's business, row-level security leaves the job out. */
    List<DeviceView> devices(Collection<UUID> nodes) {
        return jdbc.sql("""
                        select d.*, l.job_id from devices d
                        left join device_leases l on l.device_id = d.id and l.held_until is null
                        where d.node_id = any(:nodes) order by d.node_id, d.slot, d.hardware_id
                        """)
                .param("nodes", nodes.toArray(UUID[]::new))
                .query(DEVICE_VIEW)
                .list();
    }

    /** By primary key. */
    List<DeviceView> devices(DeviceFilter filter, UUID after, int limit) {
        return jdbc.sql("""
                        select d.*, l.job_id from devices d
                        join nodes n on n.id = d.node_id and n.retired_at is null
                        left join pools p on p.id = n.pool_id
                        left join device_leases l on l.device_id = d.id and l.held_until is null
                        where d.id > :after and (:node::uuid is null or d.node_id = :node::uuid)
                          and (:pool::text is null or p.name = :pool::text)
                          and (:kind::text is null or d.kind = :kind::text)
                          and (:free::boolean is null or (l.job_id is null) = :free::boolean)
                        order by d.id limit :limit
                        """)
                .param("after", after)
                .param("node", filter.nodeId())
                .param("pool", filter.pool())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("free", filter.free())
                .param("limit", limit)
                .query(DEVICE_VIEW)
                .list();
    }

    /** Row-level security leaves in the tenant's own. */
    List<DeviceView> heldBy(UUID job) {
        return jdbc.sql("""
                        select d.*, l.job_id from device_leases l join devices d on d.id = l.device_id
                        where l.job_id = ? and l.held_until is null order by d.node_id, d.slot
                        """).params(job).query(DEVICE_VIEW).list();
    }

    Optional<DeviceView> device(UUID id) {
        return jdbc.sql("""
                        select d.*, l.job_id from devices d
                        left join device_leases l on l.device_id = d.id and l.held_until is null where d.id = ?
                        """).params(id).query(DEVICE_VIEW).optional();
    }

    /** Takes the report as what there is: devices that are not in it are gone until they are reported again. */
    void report(UUID node, List<DeviceReport> devices) {
        jdbc.sql("update devices set present = false where node_id = ? and not hardware_id = any(?)")
                .params(node, devices.stream().map(DeviceReport::hardwareId).toArray(String[]::new))
                .update();
        for (DeviceReport device : devices) {
            jdbc.sql("""
                    insert into devices (id, node_id, slot, hardware_id, kind, model, memory_bytes, compute_capability,
                                         bf16, present, sick_reason)
                    values (:id, :node, :slot, :hardwareId, :kind, :model, :memory, :capability, :bf16, true, :complaint)
                    on conflict (node_id, hardware_id) do update set
                        slot = excluded.slot, kind = excluded.kind, model = excluded.model,
                        memory_bytes = excluded.memory_bytes, compute_capability = excluded.compute_capability,
                        bf16 = excluded.bf16, present = true, sick_reason = excluded.sick_reason
                    """)
                    .param("id", Ids.next())
                    .param("node", node)
                    .param("slot", device.slot())
                    .param("hardwareId", device.hardwareId())
                    .param("kind", device.kind().name())
                    .param("model", device.model())
                    .param("memory", device.memoryBytes())
                    .param("capability", device.computeCapability())
                    .param("bf16", device.bf16())
                    .param("complaint", device.complaint())
                    .update();
        }
    }

    void telemetry(UUID node, DeviceTelemetry now, Instant at) {
        jdbc.sql("""
                update devices set utilisation = :utilisation, memory_used_bytes = :memory, temperature = :temperature,
                    sick_reason = :complaint, telemetry_at = :at
                where node_id = :node and hardware_id = :hardwareId
                """)
                .param("utilisation", now.utilisation())
                .param("memory", now.memoryUsedBytes())
                .param("temperature", now.temperature())
                .param("complaint", now.complaint())
                .param("at", Timestamp.from(at))
                .param("node", node)
                .param("hardwareId", now.hardwareId())
                .update();
    }

    /** Whether there is such a node still. */
    boolean seen(UUID node, Instant at) {
        return jdbc.sql("""
                        update nodes set last_seen_at = greatest(last_seen_at, ?) where id = ? and retired_at is null
                        """).params(Timestamp.from(at), node).update() == 1;
    }

    /** Writes only what is news: it is said with each request for a run. */
    void canRun(UUID node, List<String> kinds) {
        jdbc.sql("update nodes set run_kinds = cast(:kinds as text[]) where id = :node"
                        + " and run_kinds is distinct from cast(:kinds as text[])")
                .param("node", node)
                .param("kinds", kinds.toArray(String[]::new))
                .update();
    }

    private static NodeView node(ResultSet row, Instant now) throws SQLException {
        Instant seen = row.getTimestamp("last_seen_at").toInstant();
        Timestamp retired = row.getTimestamp("retired_at");
        return new NodeView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("pool"),
                texts(row.getArray("labels")),
                NodeState.valueOf(row.getString("state")),
                row.getString("sick_reason"),
                retired == null && now.isBefore(seen.plus(Nodes.SILENCE)),
                row.getString("worker_version"),
                row.getArray("run_kinds") == null ? null : texts(row.getArray("run_kinds")),
                row.getTimestamp("enrolled_at").toInstant(),
                seen,
                retired == null ? null : retired.toInstant(),
                List.of(),
                row.getLong("version"));
    }

    private static NodeView with(NodeView node, List<DeviceView> devices) {
        return new NodeView(
                node.id(),
                node.name(),
                node.pool(),
                node.labels(),
                node.state(),
                node.sickReason(),
                node.online(),
                node.workerVersion(),
                node.runKinds(),
                node.enrolledAt(),
                node.lastSeenAt(),
                node.retiredAt(),
                devices,
                node.version());
    }

    static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null
                ? List.of()
                : Arrays.stream((Object[]) array.getArray())
                        .map(String::valueOf)
                        .toList();
    }
}
