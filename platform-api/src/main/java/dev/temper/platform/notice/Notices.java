package dev.temper.platform.notice;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a person is told in the tenant in scope. */
@Service
@Transactional
public class Notices {
    private static final UUID LAST = new UUID(-1, -1);
    private static final String COLUMNS = "select id, type, data::text, at, read_at from notices ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Notices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Newest first; by notices_user. */
    @Transactional(readOnly = true)
    public Page<NoticeView> list(PageQuery page, Locale locale) {
        UUID person = person();
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        List<NoticeView> found = jdbc.sql(COLUMNS + """
                        where tenant_id = ? and user_id = ? and id < ? order by id desc limit ?
                        """)
                .params(TenantScope.require(), person, before, page.fetch())
                .query((row, _) -> view(row, locale))
                .list();
        return page.slice(found, notice -> Keyset.of(notice.id()));
    }

    /** How many one has not read; by notices_unread. */
    @Transactional(readOnly = true)
    public long unread() {
        UUID person = person();
        return jdbc.sql("select count(*) from notices where tenant_id = ? and user_id = ? and read_at is null")
                .params(TenantScope.require(), person)
                .query(Long.class)
                .single();
    }

    /** One that is read by this. */
    public NoticeView read(UUID id, Locale locale) {
        UUID person = person();
        return jdbc.sql("""
                        update notices set read_at = coalesce(read_at, ?) where tenant_id = ? and user_id = ? and id = ?
                        returning id, type, data::text, at, read_at
                        """)
                .params(Timestamp.from(clock.instant()), TenantScope.require(), person, id)
                .query((row, _) -> view(row, locale))
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /**
     * All are read, up to the newest one that was seen; what came since stays.
     *
     * @return how many are not read
     */
    public long readUpTo(UUID newest) {
        UUID person = person();
        jdbc.sql("""
                update notices set read_at = ? where tenant_id = ? and user_id = ? and id <= ? and read_at is null
                """)
                .params(Timestamp.from(clock.instant()), TenantScope.require(), person, newest)
                .update();
        return unread();
    }

    private static UUID person() {
        Caller.current().require(Permission.READ);
        return Caller.current().requirePerson();
    }

    private static NoticeView view(ResultSet row, Locale locale) throws SQLException {
        String type = row.getString(2);
        String data = row.getString(3);
        @Nullable Timestamp read = row.getTimestamp(5);
        return new NoticeView(
                row.getObject(1, UUID.class),
                type,
                NoticeTexts.of(type, data, locale),
                data,
                row.getTimestamp(4).toInstant(),
                read == null ? null : read.toInstant());
    }
}
