package dev.temper.platform.scheduling;

import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.scheduling.ClusterSnapshot.Device;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import dev.temper.platform.scheduling.ClusterSnapshot.Pool;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.ClusterSnapshot.Quota;
import dev.temper.platform.scheduling.ClusterSnapshot.Reservation;
import dev.temper.platform.scheduling.ClusterSnapshot.Running;
import dev.temper.platform.scheduling.ClusterSnapshot.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what planning must know in a few statements, one for each kind of thing. */
@Repository
class SnapshotReader {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);

    private final JdbcClient jdbc;
    private final Counter skipped;

    SnapshotReader(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.skipped = skipped(meters);
    }

    static Counter skipped(MeterRegistry meters) {
        return Counter.builder("temper.scheduling.skipped")
                .description("What was left out of plans because it could not be read, planned or done")
                .register(meters);
    }

    /** Reads one row after the other; one that makes no sense is left out, so that all others are planned. */
    private <T> List<T> sound(JdbcClient.StatementSpec statement, Reading<T> reading) {
        List<T> rows = new ArrayList<>();
        statement.query((ResultSet row) -> {
            try {
                rows.add(reading.of(row));
            } catch (IllegalArgumentException | NullPointerException | ArithmeticException | DateTimeException e) {
                LOG.error("A row was left out of the plan: {}", row.getObject(1), e);
                skipped.increment();
            }
        });
        return rows;
    }

    /** What to make of a row. */
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    ClusterSnapshot read(Instant now, List<Usage> usage, PlanningRules rules) {
        return new ClusterSnapshot(
                now, pools(), nodes(now), quotas(now), reservations(now), usage, running(), queued(), rules);
    }

    private List<Pool> pools() {
        return jdbc.sql("select id, default_ceiling from pools")
                .query((row, _) -> new Pool(uuid(row, "id"), row.getInt("default_ceiling")))
                .list();
    }

    private List<Node> nodes(Instant now) {
        Map<UUID, Node> nodes = new LinkedHashMap<>();
        jdbc.sql("""
                select n.id, n.pool_id, n.run_kinds, d.id as device_id, d.kind,
                    case when n.state = 'DRAINING' then 'DRAINING'
                         when n.state = 'READY' and n.sick_reason is null and n.last_seen_at > :silent then 'OPEN'
                         else 'CORDONED' end as availability,
                    d.sick_reason is null as healthy
                from nodes n join devices d on d.node_id = n.id and d.present
                where n.retired_at is null and n.pool_id is not null order by n.id, d.slot
                """).param("silent", Timestamp.from(now.minus(Nodes.SILENCE))).query((ResultSet row) -> {
            UUID id = uuid(row, "id");
            Node node = nodes.get(id);
            if (node == null) {
                node = new Node(
                        id,
                        uuid(row, "pool_id"),
                        NodeAvailability.valueOf(row.getString("availability")),
                        texts(row, "run_kinds"),
                        new ArrayList<>());
                nodes.put(id, node);
            }
            node.devices()
                    .add(new Device(
                            uuid(row, "device_id"),
                            row.getBoolean("healthy"),
                            DeviceKind.valueOf(row.getString("kind"))));
        });
        return List.copyOf(nodes.values());
    }

    private List<Quota> quotas(Instant now) {
        ZonedDateTime month = now.atZone(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
        Map<List<UUID>, Map<UUID, Integer>> shares = new LinkedHashMap<>();
        jdbc.sql("select tenant_id, pool_id, user_id, max_devices from quota_shares")
                .query((ResultSet row) -> {
                    shares.computeIfAbsent(
                                    List.of(uuid(row, "tenant_id"), uuid(row, "pool_id")), key -> new LinkedHashMap<>())
                            .put(uuid(row, "user_id"), row.getInt("max_devices"));
                });
        // What is held but not yet in the ledger counts too. By the primary key of ledger_days and device_leases_held.
        var quotas = new ArrayList<>(jdbc.sql("""
                        select q.*, cast(q.monthly_gpu_hours * 3600.0 - coalesce(h.device_seconds, 0)
                            - (select coalesce(sum(d.device_seconds), 0) from ledger_days d
                               where q.monthly_gpu_hours is not null
                                 and d.tenant_id = q.tenant_id and d.pool_id = q.pool_id and d.day >= cast(:month as date))
                            as double precision) as budget_left
                        from quotas q left join (
                            select tenant_id, pool_id, sum(extract(epoch from
                                greatest(cast(:now as timestamptz) - greatest(posted_until, :start), interval '0')))
                                as device_seconds
                            from device_leases where held_until is null group by tenant_id, pool_id) h
                        on h.tenant_id = q.tenant_id and h.pool_id = q.pool_id
                        """)
                .param("month", month.toLocalDate())
                .param("start", Timestamp.from(month.toInstant()))
                .param("now", Timestamp.from(now))
                .query((row, _) -> quota(row, month.plusMonths(1).toInstant(), shares))
                .list());
        Map<UUID, Integer> ceilings = new LinkedHashMap<>();
        pools().forEach(pool -> ceilings.put(pool.id(), pool.defaultCeiling()));
        shares.forEach((of, users) -> quotas.add(new Quota(
                of.getFirst(),
                of.getLast(),
                0,
                ceilings.getOrDefault(of.getLast(), 0),
                null,
                null,
                null,
                null,
                users)));
        return quotas;
    }

    private static Quota quota(ResultSet row, Instant renews, Map<List<UUID>, Map<UUID, Integer>> shares)
            throws SQLException {
        UUID tenant = uuid(row, "tenant_id");
        UUID pool = uuid(row, "pool_id");
        Map<UUID, Integer> users = shares.remove(List.of(tenant, pool));
        Long maxRun = row.getObject("max_run_seconds", Long.class);
        return new Quota(
                tenant,
                pool,
                row.getInt("guaranteed"),
                row.getInt("ceiling"),
                row.getObject("budget_left", Double.class),
                renews,
                maxRun == null ? null : Duration.ofSeconds(maxRun),
                row.getObject("max_jobs", Integer.class),
                users == null ? Map.of() : users);
    }

    private List<Reservation> reservations(Instant now) {
        return sound(
                jdbc.sql("""
                        select id, tenant_id, pool_id, devices, starts_at, ends_at from reservations
                        where cancelled_at is null and ends_at > ?
                        """).param(Timestamp.from(now)),
                row -> new Reservation(
                        uuid(row, "tenant_id"),
                        uuid(row, "pool_id"),
                        row.getInt("devices"),
                        instant(row, "starts_at"),
                        instant(row, "ends_at")));
    }

    /** Whoever holds devices, even if its job has ended and its worker has yet to stop it. By device_leases_held. */
    private List<Running> running() {
        return sound(jdbc.sql("""
                        select j.id, j.tenant_id, j.user_id, j.pool_id, j.priority, j.queued_since, j.estimate_seconds,
                               j.worked_seconds, j.checkpoint_at, j.last_preempted_at,
                               j.state not in ('ASSIGNED', 'STARTING', 'RUNNING') as leaving,
                               min(l.held_from) as since, array_agg(l.device_id) as devices
                        from device_leases l join jobs j on j.id = l.job_id
                        where l.held_until is null group by j.id
                        """), row -> {
            long worked = row.getLong("worked_seconds");
            return new Running(
                    uuid(row, "id"),
                    uuid(row, "tenant_id"),
                    uuid(row, "user_id"),
                    uuid(row, "pool_id"),
                    uuids(row, "devices"),
                    row.getInt("priority"),
                    instant(row, "queued_since"),
                    instant(row, "since"),
                    left(row.getLong("estimate_seconds"), worked),
                    Duration.ofSeconds(worked),
                    instantOrNull(row, "checkpoint_at"),
                    instantOrNull(row, "last_preempted_at"),
                    row.getBoolean("leaving"));
        });
    }

    /** By jobs_open. */
    private List<Queued> queued() {
        return sound(
                jdbc.sql("""
                        select id, tenant_id, user_id, pool_id, kind, devices, device_kind, priority, estimate_seconds, worked_seconds,
                               queued_since, not_before, avoided_nodes
                        from jobs where state = 'QUEUED' and ended_at is null
                        """),
                row -> new Queued(
                        uuid(row, "id"),
                        uuid(row, "tenant_id"),
                        uuid(row, "user_id"),
                        uuid(row, "pool_id"),
                        row.getString("kind"),
                        row.getInt("devices"),
                        kind(row.getString("device_kind")),
                        row.getInt("priority"),
                        left(row.getLong("estimate_seconds"), row.getLong("worked_seconds")),
                        instant(row, "queued_since"),
                        instantOrNull(row, "not_before"),
                        uuids(row, "avoided_nodes"),
                        false));
    }

    private static @Nullable DeviceKind kind(@Nullable String name) {
        return name == null ? null : DeviceKind.valueOf(name);
    }

    private static Duration left(long estimate, long worked) {
        Duration left = Duration.ofSeconds(estimate - worked);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Set<UUID> uuids(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return Set.copyOf(Arrays.asList((UUID[]) array.getArray()));
    }

    private static @Nullable Set<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : Set.copyOf(Arrays.asList((String[]) array.getArray()));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
