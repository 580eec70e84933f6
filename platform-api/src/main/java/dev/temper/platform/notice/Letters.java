package dev.temper.platform.notice;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Sends the notices that people want by mail: at least once, and again while the server does not take them. */
@Service
public class Letters {
    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

    /** Who was killed while sending has not told how it went; it is sent again after this. */
    static final Duration CLAIM = Duration.ofMinutes(2);

    private static final int AT_ONCE = 50;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Post post;
    private final NoticeSettings settings;
    private final Clock clock;

    Letters(JdbcClient jdbc, TransactionOperations transactions, Post post, NoticeSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.post = post;
        this.settings = settings;
        this.clock = clock;
    }

    private record Due(UUID id, UUID tenant, UUID user, String type, String data, int attempts) {}

    private record Reader(String email, Locale locale, String tenant, String slug) {}

    /** Sends what is due; stops at the first that the server does not take, so that one that is down is not asked on and on. */
    void send() {
        boolean going = post.on();
        for (int sent = 0; going && sent < AT_ONCE; sent++) {
            going = onFleet(this::claim).map(this::send).orElse(false);
        }
    }

    /** By notices_mail; another replica passes over what this one has taken. */
    private Optional<Due> claim() {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update notices set mail_attempts = mail_attempts + 1, mail_due_at = ?
                        where id = (select id from notices where mail_due_at <= ? order by mail_due_at limit 1
                                    for update skip locked)
                        returning id, tenant_id, user_id, type, data::text, mail_attempts
                        """)
                .params(Timestamp.from(now.plus(CLAIM)), Timestamp.from(now))
                .query((row, _) -> new Due(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6)))
                .optional();
    }

    private boolean send(Due due) {
        Optional<Reader> reader = reader(due);
        try {
            reader.ifPresent(to -> post.send(due.id(), to.email(), subject(due, to), text(due, to), to.locale()));
            next(due.id(), null);
            return true;
        } catch (MailException notTaken) {
            Instant again =
                    Backoff.after(due.attempts()).map(clock.instant()::plus).orElse(null);
            LOG.warn("Mail of notice {} was not taken: {}", due.id(), notTaken.getMessage());
            next(due.id(), again);
            return false;
        }
    }

    /** Nobody, where they have left the tenant meanwhile. */
    private Optional<Reader> reader(Due due) {
        return TenantScope.call(
                due.tenant(),
                () -> Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                        select u.email, u.locale, t.name, t.slug
                        from users u join memberships m on m.user_id = u.id join tenants t on t.id = m.tenant_id
                        where u.id = ? and m.tenant_id = ? and not u.disabled
                        """)
                        .params(due.user(), due.tenant())
                        .query((row, _) -> new Reader(
                                row.getString(1),
                                Locale.forLanguageTag(row.getString(2)),
                                row.getString(3),
                                row.getString(4)))
                        .optional())));
    }

    private void next(UUID id, @Nullable Instant due) {
        onFleet(() -> jdbc.sql("update notices set mail_due_at = ? where id = ?")
                .params(Arrays.asList(due == null ? null : Timestamp.from(due), id))
                .update());
    }

    private static String subject(Due due, Reader to) {
        return NoticeTexts.of(due.type(), due.data(), to.locale());
    }

    private String text(Due due, Reader to) {
        StringBuilder text = new StringBuilder(subject(due, to)).append("\n\n");
        link("/t/" + to.slug() + "/notices/" + due.id())
                .ifPresent(link -> text.append(NoticeTexts.mail("link", Map.of("link", link), to.locale()))
                        .append("\n\n"));
        text.append("-- \n").append(NoticeTexts.mail("foot", Map.of("tenant", to.tenant()), to.locale()));
        link("/me/notices")
                .ifPresent(link ->
                        text.append('\n').append(NoticeTexts.mail("foot.link", Map.of("link", link), to.locale())));
        return text.append('\n').toString();
    }

    private Optional<String> link(String path) {
        return Optional.ofNullable(settings.address())
                .map(address -> address.toString().replaceFirst("/+$", "") + path);
    }

    /**
     * Sends the caller a mail now, to try whether it gets there.
     *
     * @return where to
     */
    public String test() {
        UUID person = Caller.current().requireSelf();
        if (!post.on()) {
            throw ErrorCode.MAIL_OFF.problem();
        }
        Reader me = jdbc.sql("select email, locale from users where id = ?")
                .param(person)
                .query((row, _) -> new Reader(row.getString(1), Locale.forLanguageTag(row.getString(2)), "", ""))
                .single();
        String words = NoticeTexts.mail("test", Map.of(), me.locale());
        try {
            post.send(Ids.next(), me.email(), words, words + "\n", me.locale());
            return me.email();
        } catch (MailException notTaken) {
            LOG.warn("A test mail was not taken: {}", notTaken.getMessage());
            throw ErrorCode.MAIL_NOT_SENT
                    .with("why", notTaken.getClass().getSimpleName())
                    .because(notTaken);
        }
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
