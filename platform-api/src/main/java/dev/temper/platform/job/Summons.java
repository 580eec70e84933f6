package dev.temper.platform.job;

import dev.temper.platform.common.FleetScope;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Whom the platform wants something of. One small question for all workers, however many wait for an answer. */
@Service
public class Summons {
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    Summons(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Nodes that have a run to take or a wish to carry out; by jobs_assigned and job_attempts_open. */
    public Set<UUID> nodes() {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(
                _ -> new HashSet<>(jdbc.sql("""
                                select node_id from jobs where state = 'ASSIGNED'
                                union
                                select a.node_id from job_attempts a join jobs j on j.id = a.job_id and j.fence = a.fence
                                where a.ended_at is null and a.claimed_at is not null
                                  and (j.state in ('PAUSING', 'PREEMPTING', 'SUCCEEDED', 'FAILED', 'CANCELLED')
                                       or j.checkpoint_wanted_at is not null)
                                """).query(UUID.class).list()))));
    }
}
