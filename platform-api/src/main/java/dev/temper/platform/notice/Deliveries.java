package dev.temper.platform.notice;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.TenantScope;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was sent to a tenant's webhooks and how it went, for its admins. */
@Service
@Transactional
public class Deliveries {
    /** The type of a message that only tries whether it gets there. */
    public static final String TEST = "test";

    private static final UUID LAST = new UUID(-1, -1);

    private final DeliveryTable table;
    private final Webhooks webhooks;
    private final Audit audit;
    private final Clock clock;

    Deliveries(DeliveryTable table, Webhooks webhooks, Audit audit, Clock clock) {
        this.table = table;
        this.webhooks = webhooks;
        this.audit = audit;
        this.clock = clock;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<DeliveryView> list(UUID webhook, PageQuery page) {
        webhooks.get(webhook);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        return page.slice(table.before(before, webhook, page.fetch()), delivery -> Keyset.of(delivery.id()));
    }

    @Transactional(readOnly = true)
    public DeliveryView get(UUID id) {
        Webhooks.requireAdmin();
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** Sends something to try whether it gets there. */
    public DeliveryView test(UUID webhook) {
        WebhookView to = active(webhook);
        UUID id = table.insert(TenantScope.require(), webhook, TEST, Map.of("webhook", webhook), clock.instant());
        audit.record(AuditAction.WEBHOOK_TESTED, Webhooks.target(to), null, null);
        return get(id);
    }

    /** Sends it once more, with the same id and body. */
    public DeliveryView again(UUID id) {
        WebhookView to = active(get(id).webhookId());
        table.again(id);
        audit.record(AuditAction.WEBHOOK_REDELIVERED, Webhooks.target(to), null, Map.of("delivery", id));
        return get(id);
    }

    private WebhookView active(UUID webhook) {
        WebhookView to = webhooks.get(webhook);
        if (!to.active()) {
            throw ErrorCode.WEBHOOK_PAUSED.with("url", to.url());
        }
        return to;
    }
}
