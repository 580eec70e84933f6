package dev.temper.platform.audit;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The log as its readers see it: the tenant's to those who may read it, the platform's to platform admins. */
@Service
public class AuditEvents {
    private final AuditRows rows;
    private final Audit audit;
    private final AuditVerification verification;

    AuditEvents(AuditRows rows, Audit audit, AuditVerification verification) {
        this.rows = rows;
        this.audit = audit;
        this.verification = verification;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<AuditEvent> page(AuditFilter filter, PageQuery query) {
        UUID tenant = readable();
        long before = query.after().map(last -> last.number(0)).orElse(Long.MAX_VALUE);
        return query.slice(rows.page(tenant, filter, before, query.fetch()), event -> Keyset.of(event.seq()));
    }

    @Transactional(readOnly = true)
    public AuditEvent get(UUID id) {
        return rows.find(readable(), id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** Checks the whole chain, row by row. */
    public ChainVerdict verify() {
        readable();
        return verification.verifyCurrent();
    }

    /** Writes down that the log is about to be taken out; a download is an event like any other. */
    @Transactional
    public void recordExport(AuditFilter filter, String format) {
        UUID tenant = readable();
        String id = (tenant == null ? AuditVerification.PLATFORM : tenant).toString();
        audit.record(
                AuditAction.AUDIT_EXPORTED,
                new AuditTarget("audit_log", id, format),
                null,
                Map.of("format", format, "filter", filter));
    }

    /** Every matching row, newest first, without holding them in memory. */
    @Transactional(readOnly = true)
    public void each(AuditFilter filter, Consumer<AuditEvent> reader) {
        try (var events = rows.stream(readable(), filter)) {
            events.forEach(reader);
        }
    }

    private static @Nullable UUID readable() {
        UUID tenant = TenantScope.current().orElse(null);
        if (!Caller.current().may(tenant == null ? Permission.MANAGE_PLATFORM : Permission.READ_AUDIT)) {
            throw ErrorCode.ACTION_NOT_ALLOWED.problem();
        }
        return tenant;
    }
}
