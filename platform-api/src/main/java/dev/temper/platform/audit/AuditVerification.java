package dev.temper.platform.audit;

import dev.temper.platform.common.TenantScope;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks that the log is as it was written. Needs no web request and no caller. */
@Service
public class AuditVerification {
    /** The id of the platform's chain. */
    static final UUID PLATFORM = new UUID(0, 0);

    private final AuditRows rows;
    private final TransactionTemplate snapshot;

    AuditVerification(AuditRows rows, PlatformTransactionManager transactions) {
        this.rows = rows;
        // One snapshot, so that rows written meanwhile are missing from neither the chain nor its end.
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    /** Every chain of the platform, one after the other; must be called outside of any tenant. */
    public List<ChainVerdict> verifyAll(Consumer<ChainVerdict> progress) {
        if (TenantScope.current().isPresent()) {
            throw new IllegalStateException("All chains can only be checked outside of a tenant");
        }
        return rows.chains().stream().map(this::verify).peek(progress).toList();
    }

    /** The chain of the tenant in force, or the platform's where there is none. */
    public ChainVerdict verifyCurrent() {
        return check(TenantScope.current().orElse(null));
    }

    private ChainVerdict verify(UUID chain) {
        return chain.equals(PLATFORM) ? check(null) : TenantScope.call(chain, () -> check(chain));
    }

    private ChainVerdict check(@Nullable UUID tenant) {
        ChainVerdict verdict = snapshot.execute(_ -> {
            try (var chain = rows.chain(tenant)) {
                return ChainCheck.check(tenant, rows.end(tenant), chain.iterator());
            }
        });
        return Objects.requireNonNull(verdict);
    }
}
