package dev.temper.platform.live;

import dev.temper.platform.common.FleetScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** The table of facts. Triggers write it, in the transactions that change what they tell of. */
@Repository
class Outbox {
    /** More than this at once is not read one by one by anybody. */
    static final int MOST = 5_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    Outbox(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    record Kept(long id, long xact, Fact fact) {}

    /**
     * What was written since.
     *
     * @param facts the oldest first, {@link #MOST} at most
     * @param horizon every transaction before it has ended, so whoever has these facts goes on from there
     * @param newest no transaction at or after it had begun
     * @param whole false where something that was written since may be forgotten
     */
    record Batch(List<Kept> facts, long horizon, long newest, boolean whole) {}

    /** Facts of this transaction and of those that began later, as far as they are committed; by live_facts_xact. */
    Batch since(long xact) {
        return onFleet(() -> {
            long[] bounds = new long[3];
            List<Kept> facts = new ArrayList<>();
            // One statement, so that facts and horizon are of one moment.
            jdbc.sql("""
                    select s.horizon, s.newest, coalesce(s.oldest, s.horizon) as oldest,
                           f.id, f.xact::text::bigint as xact, f.tenant_id, f.topic, f.fact::text as fact
                    from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
                                 pg_snapshot_xmax(pg_current_snapshot())::text::bigint as newest,
                                 (select min(xact)::text::bigint from live_facts) as oldest) s
                    left join (select * from live_facts where xact >= cast(cast(:xact as text) as xid8)
                               order by xact, id limit :most) f on true
                    order by f.xact, f.id
                    """)
                    .param("xact", String.valueOf(xact))
                    .param("most", MOST)
                    .query(row -> {
                        bounds[0] = row.getLong("horizon");
                        bounds[1] = row.getLong("newest");
                        bounds[2] = Math.min(row.getLong("oldest"), bounds[0]);
                        if (row.getString("topic") != null) {
                            facts.add(new Kept(
                                    row.getLong("id"),
                                    row.getLong("xact"),
                                    new Fact(
                                            row.getObject("tenant_id", UUID.class),
                                            row.getString("topic"),
                                            row.getString("fact"))));
                        }
                    });
            boolean whole = xact >= bounds[2] && xact <= bounds[1];
            return new Batch(facts, bounds[0], bounds[1], whole);
        });
    }

    /** Where whoever has read everything goes on. */
    long horizon() {
        return onFleet(() -> jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single());
    }

    /** By live_facts_at, and by the database's clock, which wrote them. */
    void forgetOld() {
        onFleet(() -> jdbc.sql("delete from live_facts where at < clock_timestamp() - interval '1 hour'")
                .update());
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
