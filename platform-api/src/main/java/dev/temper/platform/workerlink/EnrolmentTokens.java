package dev.temper.platform.workerlink;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.tenant.Token;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What platform admins hand out so that machines can enrol, each by a token of its own. */
@Service
public class EnrolmentTokens {
    public static final Duration DEFAULT_LIFE = Duration.ofHours(24);

    private static final String PREFIX = "tme_";
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final UUID LAST = new UUID(-1, -1);
    private static final RowMapper<EnrolmentTokenView> VIEW = new SimplePropertyRowMapper<>(EnrolmentTokenView.class);
    private static final String COLUMNS = """
            select t.id, t.created_at, t.expires_at, t.used_at, n.name as node
            from enrolment_tokens t left join nodes n on n.id = t.node_id
            """;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;

    EnrolmentTokens(JdbcClient jdbc, Audit audit, Clock clock, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** Makes one that is good for so long. */
    public IssuedEnrolmentToken issue(Duration life) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw ErrorCode.FIELD_OUT_OF_RANGE
                    .at("/lifeSeconds")
                    .with("min", SHORTEST.toSeconds())
                    .with("max", LONGEST.toSeconds());
        }
        UUID id = Ids.next();
        String secret = PREFIX + Token.make();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return onFleet(() -> {
            jdbc.sql("insert into enrolment_tokens (id, token_hash, created_at, expires_at) values (?, ?, ?, ?)")
                    .params(id, Token.hash(secret), Timestamp.from(now), Timestamp.from(now.plus(life)))
                    .update();
            EnrolmentTokenView made = find(id);
            audit.record(AuditAction.ENROLMENT_TOKEN_ISSUED, target(made), null, made);
            return new IssuedEnrolmentToken(made, secret);
        });
    }

    /** Newest first. */
    public Page<EnrolmentTokenView> list(PageQuery page) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        List<EnrolmentTokenView> rows = onFleet(() -> jdbc.sql(COLUMNS + "where t.id < ? order by t.id desc limit ?")
                .params(before, page.fetch())
                .query(VIEW)
                .list());
        return page.slice(rows, token -> Keyset.of(token.id()));
    }

    /** Makes one worth nothing; the worker that has used it stays. */
    public void revoke(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        onFleet(() -> {
            EnrolmentTokenView token = find(id);
            jdbc.sql("delete from enrolment_tokens where id = ?").params(id).update();
            audit.record(AuditAction.ENROLMENT_TOKEN_REVOKED, target(token), token, null);
            return id;
        });
    }

    private EnrolmentTokenView find(UUID id) {
        return jdbc.sql(COLUMNS + "where t.id = ?")
                .params(id)
                .query(VIEW)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static AuditTarget target(EnrolmentTokenView token) {
        return AuditTarget.of("enrolment-token", token.id(), token.id().toString());
    }
}
