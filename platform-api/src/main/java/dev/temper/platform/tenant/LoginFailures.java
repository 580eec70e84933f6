package dev.temper.platform.tenant;

import dev.temper.platform.tenant.Throttle.Failures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Failed sign-ins, counted in the database so that every replica knows of them. */
@Component
class LoginFailures {
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    LoginFailures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Until when no sign-in with this account or from this address is looked at. */
    @Transactional(readOnly = true)
    public Optional<Instant> blockedUntil(String email, String address) {
        return jdbc.sql("select max(blocked_until) from login_failures where subject in (?, ?) and blocked_until > ?")
                .params(account(email), address(address), at(clock.instant()))
                .query((row, _) -> Optional.ofNullable(instant(row, 1)))
                .single();
    }

    @Transactional
    public void add(String email, String address) {
        count(account(email), Throttle.ACCOUNT);
        count(address(address), Throttle.ADDRESS);
        jdbc.sql("delete from login_failures where first_at < ? and (blocked_until is null or blocked_until < ?)")
                .params(at(clock.instant().minus(KEPT)), at(clock.instant()))
                .update();
    }

    /** Somebody proved to be who they are; the address stays counted, or a guesser with one account could reset it. */
    @Transactional
    public void forgive(String email) {
        jdbc.sql("delete from login_failures where subject = ?")
                .param(account(email))
                .update();
    }

    private void count(String subject, Throttle throttle) {
        // Two failures at once must count as two: the row is made first, then held.
        jdbc.sql("insert into login_failures (subject, failures, first_at) values (?, 0, ?) on conflict do nothing")
                .params(subject, at(clock.instant()))
                .update();
        Failures before = jdbc.sql(
                        "select failures, first_at, blocked_until from login_failures where subject = ? for update")
                .param(subject)
                .query((row, _) -> new Failures(row.getInt(1), required(row, 2), instant(row, 3)))
                .single();
        Failures after = throttle.afterFailure(before.count() == 0 ? null : before, clock.instant());
        jdbc.sql("update login_failures set failures = ?, first_at = ?, blocked_until = ? where subject = ?")
                .param(after.count())
                .param(at(after.firstAt()))
                .param(after.blockedUntil() == null ? null : at(after.blockedUntil()))
                .param(subject)
                .update();
    }

    private static String account(String email) {
        return "account:" + Token.hash(email);
    }

    private static String address(String address) {
        return "address:" + address;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant required(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
