package dev.temper.platform.notice;

import dev.temper.platform.common.Ids;
import dev.temper.platform.notice.DeliveryView.State;
import dev.temper.platform.notice.DeliveryView.Try;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How messages to webhooks are kept: what is to be sent, and all that was. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DeliveryTable {
    /** Of one receiver, so that one with many that are not taken leaves room for the others. */
    private static final int AT_ONCE_TO_ONE = 4;

    private static final int AT_ONCE = 100;

    /** Who was killed while sending has not told how it went; it is sent again after this. */
    static final Duration CLAIM = Duration.ofMinutes(1);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<Try>> TRIES = new TypeReference<>() {};
    private static final String COLUMNS =
            "select id, webhook_id, type, body, state, tries::text, due_at, created_at from webhook_deliveries ";

    private final JdbcClient jdbc;
    private final Clock clock;

    DeliveryTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One that is to be sent now; the secret as it is kept. */
    record Due(UUID id, UUID webhook, String url, ByteBuffer secret, String body, int attempts) {}

    /** Puts a message in line; its id. */
    public UUID insert(UUID tenant, UUID webhook, String type, Map<String, @Nullable Object> facts, Instant at) {
        UUID id = Ids.next();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
        message.put("data", facts);
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                insert into webhook_deliveries (id, tenant_id, webhook_id, type, body, due_at, created_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(id, tenant, webhook, type, JSON.writeValueAsString(message), now, now)
                .update();
        return id;
    }

    /** Takes what is due, by webhook_deliveries_due; another replica passes over what this one has taken. */
    public List<Due> claim() {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update webhook_deliveries d set attempts = d.attempts + 1, due_at = :until
                        from webhooks w, (
                            select p.id from webhooks o cross join lateral (
                                select id from webhook_deliveries
                                where webhook_id = o.id and state = 'PENDING' and due_at <= :now
                                order by due_at limit :each for update skip locked) p
                            where o.active limit :most) due
                        where w.id = d.webhook_id and d.id = due.id
                        returning d.id, d.webhook_id, w.url, w.secret, d.body, d.attempts
                        """)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(CLAIM)))
                .param("each", AT_ONCE_TO_ONE)
                .param("most", AT_ONCE)
                .query((row, _) -> new Due(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        ByteBuffer.wrap(row.getBytes(4)),
                        row.getString(5),
                        row.getInt(6)))
                .list();
    }

    /** @param due when it is tried again, where it is */
    public void tried(UUID id, State state, Try last, Instant due) {
        jdbc.sql("update webhook_deliveries set state = ?, tries = tries || ?::jsonb, due_at = ? where id = ?")
                .params(state.name(), JSON.writeValueAsString(last), Timestamp.from(due), id)
                .update();
    }

    /** Has it sent once more, from the beginning. */
    public void again(UUID id) {
        jdbc.sql("update webhook_deliveries set state = 'PENDING', attempts = 0, due_at = ? where id = ?")
                .params(Timestamp.from(clock.instant()), id)
                .update();
    }

    public Optional<DeliveryView> find(UUID id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .param(id)
                .query(DeliveryTable::view)
                .optional();
    }

    /** Newest first; by webhook_deliveries_webhook. */
    public List<DeliveryView> before(UUID id, UUID webhook, int limit) {
        return jdbc.sql(COLUMNS + "where webhook_id = ? and id < ? order by id desc limit ?")
                .params(webhook, id, limit)
                .query(DeliveryTable::view)
                .list();
    }

    private static DeliveryView view(ResultSet row, int index) throws SQLException {
        State state = State.valueOf(row.getString(5));
        return new DeliveryView(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                state,
                JSON.readValue(row.getString(6), TRIES),
                state == State.PENDING ? row.getTimestamp(7).toInstant() : null,
                row.getTimestamp(8).toInstant());
    }
}
