package dev.temper.platform.resource;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Devices kept for tenants in windows of time: made by the platform's admins, seen by the tenant they are for. */
@Service
public class Reservations {
    private static final RowMapper<ReservationView> VIEW = new SimplePropertyRowMapper<>(ReservationView.class);
    private static final UUID LAST = new UUID(-1, -1);

    private static final String COLUMNS = """
            select r.id, r.tenant_id, p.name as pool, r.devices, r.starts_at, r.ends_at, r.note, r.created_at,
                   r.cancelled_at, r.version
            from reservations r join pools p on p.id = r.pool_id
            """;

    private final PoolRepository pools;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;

    Reservations(PoolRepository pools, JdbcClient jdbc, Audit audit, Clock clock, TransactionOperations transactions) {
        this.pools = pools;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** Newest first: those of the tenant in scope, or without one all, for the platform's admins. */
    public Page<ReservationView> list(PageQuery page) {
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        return page.slice(
                inScope(() -> jdbc.sql(COLUMNS + "where r.id < ? order by r.id desc limit ?")
                        .params(before, page.fetch())
                        .query(VIEW)
                        .list()),
                reservation -> Keyset.of(reservation.id()));
    }

    public ReservationView get(UUID id) {
        return inScope(() -> find(id));
    }

    /** Keeps no more devices at any time than the pool has; one without machines may be promised. */
    public ReservationView reserve(ReservationRequest asked) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!asked.endsAt().isAfter(now)) {
            throw ErrorCode.RESERVATION_WINDOW_WRONG.at("/endsAt");
        }
        return onFleet(() -> {
            Pool pool = locked(asked.pool());
            if (!jdbc.sql("select exists (select from tenants where id = ?)")
                    .params(asked.tenantId())
                    .query(Boolean.class)
                    .single()) {
                throw ErrorCode.FIELD_NOT_IN_FORM.at("/tenantId").with("form", "the id of a tenant");
            }
            UUID id = Ids.next();
            refuseMoreThanThereIs(pool, asked, id);
            jdbc.sql("""
                    insert into reservations (id, tenant_id, pool_id, devices, starts_at, ends_at, note, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                    .params(
                            id,
                            asked.tenantId(),
                            pool.id(),
                            asked.devices(),
                            Timestamp.from(asked.startsAt()),
                            Timestamp.from(asked.endsAt()),
                            asked.note(),
                            Timestamp.from(now))
                    .update();
            ReservationView made = find(id);
            audit.record(AuditAction.RESERVATION_CREATED, target(made), null, made);
            return made;
        });
    }

    /** Makes it as it is asked for now, of the same tenant and pool; one that is over or was taken back stays as it is. */
    public ReservationView change(UUID id, ReservationChange wanted, IfMatch version) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        Instant now = clock.instant();
        return onFleet(() -> {
            ReservationView before = find(id, "for update of r");
            version.check(before.version());
            ReservationRequest asked = new ReservationRequest(
                    before.tenantId(),
                    before.pool(),
                    wanted.devices(),
                    wanted.startsAt(),
                    wanted.endsAt(),
                    wanted.note());
            if (before.cancelledAt() != null
                    || !before.endsAt().isAfter(now)
                    || !asked.endsAt().isAfter(now)) {
                throw ErrorCode.RESERVATION_WINDOW_WRONG.at("/endsAt");
            }
            refuseMoreThanThereIs(locked(before.pool()), asked, id);
            jdbc.sql("""
                    update reservations set devices = ?, starts_at = ?, ends_at = ?, note = ?, version = version + 1
                    where id = ?
                    """)
                    .params(
                            asked.devices(),
                            Timestamp.from(asked.startsAt()),
                            Timestamp.from(asked.endsAt()),
                            asked.note(),
                            id)
                    .update();
            ReservationView after = find(id);
            audit.record(AuditAction.RESERVATION_CHANGED, target(after), before, after);
            return after;
        });
    }

    /** Two admins who reserve the same devices come one after the other. */
    private Pool locked(String name) {
        Pool pool = pools.findByName(name)
                .orElseThrow(() -> ErrorCode.POOL_UNKNOWN
                        .at("/pool")
                        .with("pool", name)
                        .with("pools", pools.all().stream().map(Pool::name).toList()));
        jdbc.sql("select id from pools where id = ? for update")
                .params(pool.id())
                .query()
                .singleRow();
        return pool;
    }

    /** Takes it back; one that has begun ends now. Doing so twice changes nothing. */
    public ReservationView cancel(UUID id, IfMatch version) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> {
            ReservationView before = find(id, "for update of r");
            version.check(before.version());
            if (before.cancelledAt() != null) {
                return before;
            }
            jdbc.sql("update reservations set cancelled_at = ?, version = version + 1 where id = ?")
                    .params(Timestamp.from(clock.instant()), id)
                    .update();
            ReservationView after = find(id);
            audit.record(AuditAction.RESERVATION_CANCELLED, target(after), before, after);
            return after;
        });
    }

    /** The most is reserved at once where one begins: its own begin, or another's within its window. */
    private void refuseMoreThanThereIs(Pool pool, ReservationRequest asked, UUID self) {
        int there = jdbc.sql("""
                        select count(*) from devices d join nodes n on n.id = d.node_id
                        where n.pool_id = ? and n.retired_at is null and d.present
                        """).params(pool.id()).query(Integer.class).single();
        int others = jdbc.sql("""
                        with near as (
                            select devices, starts_at, ends_at from reservations
                            where pool_id = :pool and cancelled_at is null and starts_at < :ends and ends_at > :starts
                              and id <> :self),
                        moments as (
                            select cast(:starts as timestamptz) as at
                            union select starts_at from near where starts_at > :starts)
                        select coalesce(max(taken), 0) from (
                            select (select coalesce(sum(devices), 0) from near
                                    where starts_at <= m.at and ends_at > m.at) as taken
                            from moments m) taken
                        """)
                .param("pool", pool.id())
                .param("self", self)
                .param("starts", Timestamp.from(asked.startsAt()))
                .param("ends", Timestamp.from(asked.endsAt()))
                .query(Integer.class)
                .single();
        if (there > 0 && others + asked.devices() > there) {
            throw ErrorCode.RESERVATION_ABOVE_POOL
                    .at("/devices")
                    .with("pool", pool.name())
                    .with("devices", there)
                    .with("left", Math.max(0, there - others));
        }
    }

    private ReservationView find(UUID id) {
        return find(id, "");
    }

    private ReservationView find(UUID id, String lock) {
        return jdbc.sql(COLUMNS + "where r.id = ? " + lock)
                .params(id)
                .query(VIEW)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private <T> T inScope(Supplier<T> work) {
        if (TenantScope.current().isEmpty()) {
            Caller.current().require(Permission.MANAGE_PLATFORM);
            return onFleet(work);
        }
        Caller.current().require(Permission.READ);
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static AuditTarget target(ReservationView reservation) {
        return AuditTarget.of("reservation", reservation.id(), reservation.pool());
    }
}
