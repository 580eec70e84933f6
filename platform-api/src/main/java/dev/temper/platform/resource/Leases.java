package dev.temper.platform.resource;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Devices in the hands of runs: all of an attempt's or none, each in one hand at a time. Part of the transaction that
 * changes the job.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Leases {
    private static final RowMapper<DeviceView> DEVICE_VIEW = new SimplePropertyRowMapper<>(DeviceView.class);

    private final JdbcClient jdbc;

    Leases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Sets the devices aside, from this moment on.
     *
     * @return whether they were all there, well, free, on that node, and it in that pool and in touch; if not, nothing has
     *     happened
     */
    public boolean hold(Hold hold) {
        UUID[] wanted = hold.devices().toArray(UUID[]::new);
        // By primary key; skips what another planner is just giving away instead of waiting for it.
        int free = jdbc.sql("""
                        select d.id from devices d join nodes n on n.id = d.node_id
                        where d.id = any(:wanted) and (cast(:kind as text) is null or d.kind = :kind)
                          and d.node_id = :node and d.present and d.sick_reason is null
                          and n.pool_id = :pool and n.last_seen_at > :silent and n.state = 'READY' and n.sick_reason is null and n.retired_at is null
                          and not exists (
                              select from device_leases l where l.device_id = d.id and l.held_until is null)
                        for update of d skip locked
                        """)
                .param("wanted", wanted)
                .param("kind", hold.kind() == null ? null : hold.kind().name())
                .param("node", hold.nodeId())
                .param("pool", hold.poolId())
                .param("silent", Timestamp.from(hold.at().minus(Nodes.SILENCE)))
                .query(UUID.class)
                .list()
                .size();
        if (free != wanted.length || free == 0) {
            return false;
        }
        int held = jdbc.sql("""
                        insert into device_leases (id, tenant_id, device_id, node_id, pool_id, job_id, user_id, fence,
                                                   borrowed, held_from, posted_until)
                        select gen_random_uuid(), cast(:tenant as uuid), d.id, d.node_id, n.pool_id, cast(:job as uuid),
                               cast(:user as uuid), cast(:fence as bigint),
                               cast(:borrowed as boolean), cast(:at as timestamptz), cast(:at as timestamptz)
                        from devices d join nodes n on n.id = d.node_id where d.id = any(:wanted)
                        on conflict (device_id) where held_until is null do nothing
                        """)
                .param("tenant", hold.tenantId())
                .param("job", hold.jobId())
                .param("user", hold.userId())
                .param("fence", hold.fence())
                .param("borrowed", hold.borrowed())
                .param("at", Timestamp.from(hold.at()))
                .param("wanted", wanted)
                .update();
        if (held != wanted.length) {
            throw new CannotAcquireLockException("Somebody took a device between two statements; plan again");
        }
        return true;
    }

    /** Gives back whatever the attempt holds, and writes the rest of it into the ledger. Giving back twice changes nothing. */
    public void release(long fence, Instant at, String reason) {
        // A clock that went back does not make time that was written down unhappen: hence greatest. By
        // device_leases_fence.
        jdbc.sql("""
                with held as (
                    select * from device_leases where fence = :fence and held_until is null for update),
                posted as (
                    insert into ledger_entries (tenant_id, lease_id, device_id, node_id, pool_id, job_id, user_id,
                                                borrowed, starts_at, stops_at, reason)
                    select tenant_id, id, device_id, node_id, pool_id, job_id, user_id, borrowed, posted_until,
                           cast(:at as timestamptz), :reason
                    from held where posted_until < :at)
                update device_leases l set
                    held_until = greatest(:at, l.posted_until), posted_until = greatest(:at, l.posted_until),
                    release_reason = :reason
                from held where held.id = l.id
                """)
                .param("fence", fence)
                .param("at", Timestamp.from(at))
                .param("reason", reason)
                .update();
    }

    /** What the attempt holds, in the order of the node's slots. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public List<DeviceView> of(long fence) {
        return jdbc.sql("""
                        select d.*, l.job_id from device_leases l join devices d on d.id = l.device_id
                        where l.fence = ? and l.held_until is null order by d.slot, d.hardware_id
                        """).params(fence).query(DEVICE_VIEW).list();
    }
}
