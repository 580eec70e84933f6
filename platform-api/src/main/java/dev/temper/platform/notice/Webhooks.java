package dev.temper.platform.notice;

import dev.temper.contract.web.OpenWeb;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Addresses of a tenant's programs that are told of what happens; its admins keep them. */
@Service
@Transactional
public class Webhooks {
    private static final int MOST = 20;
    private static final int LONGEST = 500;
    private static final int SECRET_BYTES = 32;
    private static final String FORM = "https://example.com/hook";
    private static final String COLUMNS =
            "select id, url, events, active, created_at, changed_at, version from webhooks where tenant_id = ? ";

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final OpenWeb web;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Webhooks(JdbcClient jdbc, Secrets secrets, WebhookSettings settings, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.web = new OpenWeb(_ -> settings.allowPrivate(), settings.timeout());
        this.audit = audit;
        this.clock = clock;
    }

    /** All of them, oldest first; there are {@value MOST} at most. */
    @Transactional(readOnly = true)
    public List<WebhookView> list() {
        requireAdmin();
        return query(COLUMNS + "order by id", TenantScope.require());
    }

    @Transactional(readOnly = true)
    public WebhookView get(UUID id) {
        requireAdmin();
        return query(COLUMNS + "and id = ?", TenantScope.require(), id).stream()
                .findFirst()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    public IssuedWebhook create(String url, List<String> events) {
        requireAdmin();
        String to = address(url);
        List<String> wanted = events(events);
        if (list().size() >= MOST) {
            throw ErrorCode.WEBHOOKS_TOO_MANY.with("max", MOST);
        }
        UUID id = Ids.next();
        String secret = secret();
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                insert into webhooks (id, tenant_id, url, events, secret, created_by, created_at, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(Arrays.asList(
                        id,
                        TenantScope.require(),
                        to,
                        wanted.toArray(String[]::new),
                        secrets.encrypt(id, secret),
                        Caller.current().userId(),
                        now,
                        now))
                .update();
        WebhookView made = get(id);
        audit.record(AuditAction.WEBHOOK_CREATED, target(made), null, made);
        return new IssuedWebhook(made, secret);
    }

    public WebhookView change(UUID id, WebhookChange change, IfMatch version) {
        WebhookView before = get(id);
        version.check(before.version());
        String url = change.url() == null ? before.url() : address(change.url());
        List<String> events = change.events() == null ? before.events() : events(change.events());
        boolean active = change.active() == null ? before.active() : change.active();
        jdbc.sql(
                        "update webhooks set url = ?, events = ?, active = ?, changed_at = ?, version = version + 1 where id = ?")
                .params(url, events.toArray(String[]::new), active, Timestamp.from(clock.instant()), id)
                .update();
        WebhookView after = get(id);
        audit.record(AuditAction.WEBHOOK_CHANGED, target(after), before, after);
        return after;
    }

    /** Gives it another secret; from now on nothing is signed with the old one. */
    public IssuedWebhook renew(UUID id, IfMatch version) {
        WebhookView before = get(id);
        version.check(before.version());
        String secret = secret();
        jdbc.sql("update webhooks set secret = ?, changed_at = ?, version = version + 1 where id = ?")
                .params(secrets.encrypt(id, secret), Timestamp.from(clock.instant()), id)
                .update();
        WebhookView after = get(id);
        audit.record(AuditAction.WEBHOOK_RENEWED, target(after), before, after);
        return new IssuedWebhook(after, secret);
    }

    /** With all that was sent to it or still to be sent. */
    public void delete(UUID id, IfMatch version) {
        WebhookView gone = get(id);
        version.check(gone.version());
        jdbc.sql("delete from webhooks where id = ?").param(id).update();
        audit.record(AuditAction.WEBHOOK_DELETED, target(gone), gone, null);
    }

    static void requireAdmin() {
        Caller.current().require(Permission.MANAGE_TENANT);
    }

    static AuditTarget target(WebhookView webhook) {
        return AuditTarget.of("webhook", webhook.id(), webhook.url());
    }

    private String secret() {
        byte[] key = new byte[SECRET_BYTES];
        random.nextBytes(key);
        return Signature.SECRET_PREFIX + Base64.getEncoder().encodeToString(key);
    }

    private static List<String> events(List<String> wanted) {
        if (wanted.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/events");
        }
        NoticeChoices.known("/events", wanted);
        return wanted.stream().distinct().toList();
    }

    private String address(String typed) {
        String clean = typed.strip();
        if (clean.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/url");
        }
        if (clean.length() > LONGEST) {
            throw ErrorCode.FIELD_TOO_LONG.at("/url").with("max", LONGEST);
        }
        try {
            web.require(new URI(clean));
            return clean;
        } catch (OpenWeb.Astray astray) {
            throw switch (astray.to()) {
                case PRIVATE_NETWORK -> ErrorCode.WEBHOOK_PRIVATE.at("/url").with("host", astray.host());
                case NO_ADDRESS, CIRCLES -> notInForm(astray);
            };
        } catch (URISyntaxException noAddress) {
            throw notInForm(noAddress);
        } catch (IOException unknown) {
            throw ErrorCode.WEBHOOK_HOST_UNKNOWN
                    .at("/url")
                    .with("host", URI.create(clean).getHost())
                    .because(unknown);
        }
    }

    private static Problem notInForm(Exception cause) {
        return ErrorCode.FIELD_NOT_IN_FORM.at("/url").with("form", FORM).because(cause);
    }

    private List<WebhookView> query(String sql, UUID... of) {
        return jdbc.sql(sql)
                .params((Object[]) of)
                .query((row, _) -> new WebhookView(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        List.of((String[]) row.getArray(3).getArray()),
                        row.getBoolean(4),
                        row.getTimestamp(5).toInstant(),
                        row.getTimestamp(6).toInstant(),
                        row.getLong(7)))
                .list();
    }
}
