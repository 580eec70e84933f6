package dev.temper.platform.audit;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.TenantScope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what was done, in the transaction that does it: both are kept or neither. Who did it, in which request and
 * from where is the {@link Caller}'s actor; whose chain it belongs to is the {@link TenantScope}, and without one the
 * platform's.
 *
 * <p>Inside a transaction the rows are sent just before it commits, because the end of the chain stays locked from the
 * first row to the commit. Outside of one, each record is a transaction of its own.
 */
@Service
public class Audit {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Audit(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * @param before what it was, null for something new
     * @param after what it is now, null for something gone; both become JSON, in which secrets are blacked out
     */
    public void record(AuditAction action, AuditTarget target, @Nullable Object before, @Nullable Object after) {
        recordAs(Caller.current().actor(), action, target, before, after);
    }

    /** For what happens before it is known who calls, such as a failed sign-in. */
    public void recordAs(
            Actor actor, AuditAction action, AuditTarget target, @Nullable Object before, @Nullable Object after) {
        AuditEntry entry = new AuditEntry(
                Ids.next(),
                TenantScope.current().orElse(null),
                clock.instant(),
                actor,
                action,
                target,
                Snapshot.of(before),
                Snapshot.of(after));
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            pending().add(entry);
        } else {
            transaction.executeWithoutResult(_ -> entry.insert(jdbc));
        }
    }

    private Pending pending() {
        for (TransactionSynchronization joined : TransactionSynchronizationManager.getSynchronizations()) {
            if (joined instanceof Pending pending) {
                return pending;
            }
        }
        Pending pending = new Pending(jdbc);
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    /** The rows of one transaction. Comes last before the commit, so that rows recorded by others' hooks are in it. */
    private static final class Pending implements TransactionSynchronization {
        private final List<AuditEntry> entries = new ArrayList<>();
        private final JdbcClient jdbc;
        private boolean sent;

        Pending(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        void add(AuditEntry entry) {
            if (sent) {
                entry.insert(jdbc);
            } else {
                entries.add(entry);
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            sent = true;
            entries.forEach(entry -> entry.insert(jdbc));
        }
    }
}
