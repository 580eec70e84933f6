package dev.temper.platform.job;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Whose runs a node has: a worker touches no others. */
@Service
public class HeldRuns {
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    HeldRuns(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * The tenant of a job that the node has taken.
     *
     * @throws dev.temper.platform.common.Problem {@code fence_stale} where its lease is over, or it never had it
     */
    public UUID tenant(UUID nodeId, UUID jobId) {
        return find(jobId, "a.node_id = ? and a.ended_at is null and a.claimed_at is not null", nodeId)
                .orElseThrow(ErrorCode.FENCE_STALE::problem);
    }

    /** The same for one attempt, which may be over. */
    public Optional<UUID> tenant(UUID nodeId, UUID jobId, long fence) {
        return find(jobId, "a.node_id = ? and a.fence = ? and a.claimed_at is not null", nodeId, fence);
    }

    private Optional<UUID> find(UUID jobId, String condition, Object... parameters) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(
                _ -> jdbc.sql("select a.tenant_id from job_attempts a where a.job_id = ? and " + condition)
                        .param(jobId)
                        .params(parameters)
                        .query(UUID.class)
                        .optional())));
    }
}
