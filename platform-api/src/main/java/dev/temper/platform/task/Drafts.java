package dev.temper.platform.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.TenantNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The drafts of whoever asks, each theirs alone. */
@Service
@Transactional
public class Drafts {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> FORM = new TypeReference<>() {};
    private static final int SHOWN = 20;
    private static final int LONGEST = 100_000;

    private static final String COLUMNS = """
            select d.number, d.form::text, d.version, t.number as task, d.changed_at
            from task_drafts d left join tasks t on t.id = d.task_id where d.user_id = :user
            """;

    private final JdbcClient jdbc;
    private final TenantNumbers numbers;
    private final Clock clock;

    Drafts(JdbcClient jdbc, TenantNumbers numbers, Clock clock) {
        this.jdbc = jdbc;
        this.numbers = numbers;
        this.clock = clock;
    }

    public Draft begin(Map<String, String> form) {
        Caller.current().require(Permission.WRITE);
        long number = numbers.next("task_drafts");
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                insert into task_drafts (id, tenant_id, number, user_id, form, created_at, changed_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?)
                """)
                .params(Ids.next(), TenantScope.require(), number, user(), json(form), now, now)
                .update();
        return get(number);
    }

    @Transactional(readOnly = true)
    public Draft get(long number) {
        Caller.current().require(Permission.WRITE);
        return find(number).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** Those that became no task yet, the last touched first. */
    @Transactional(readOnly = true)
    public List<Draft> open() {
        Caller.current().require(Permission.WRITE);
        return jdbc.sql(COLUMNS + "and d.task_id is null order by d.changed_at desc limit :limit")
                .param("user", user())
                .param("limit", SHOWN)
                .query(DRAFT)
                .list();
    }

    /**
     * Keeps what is typed now.
     *
     * @param version the one it was typed over
     * @return empty if another window saved meanwhile: nothing is changed then
     */
    public Optional<Draft> save(long number, long version, Map<String, String> form) {
        Draft draft = get(number);
        if (draft.version() == version && draft.form().equals(form)) {
            return Optional.of(draft);
        }
        int saved = jdbc.sql("""
                        update task_drafts set form = ?::jsonb, version = version + 1, changed_at = ?
                        where number = ? and user_id = ? and version = ? and task_id is null
                        """)
                .params(json(form), Timestamp.from(clock.instant()), number, user(), version)
                .update();
        return saved == 0 ? Optional.empty() : find(number);
    }

    public void discard(long number) {
        get(number);
        jdbc.sql("delete from task_drafts where number = ? and user_id = ? and task_id is null")
                .params(number, user())
                .update();
    }

    /** Says what it became, in the transaction that makes it; a draft becomes one task, whoever presses how often. */
    @Transactional(propagation = Propagation.MANDATORY)
    void became(long number, UUID task) {
        int became = jdbc.sql("update task_drafts set task_id = ? where number = ? and user_id = ? and task_id is null")
                .params(task, number, user())
                .update();
        if (became == 0) {
            throw ErrorCode.DRAFT_ALREADY_STARTED.with("draft", number);
        }
    }

    private Optional<Draft> find(long number) {
        return jdbc.sql(COLUMNS + "and d.number = :number")
                .param("user", user())
                .param("number", number)
                .query(DRAFT)
                .optional();
    }

    private static UUID user() {
        return Caller.current().requirePerson();
    }

    private static String json(Map<String, String> form) {
        String json = JSON.writeValueAsString(form);
        if (json.length() > LONGEST) {
            throw ErrorCode.FIELD_TOO_LONG.at("/settings").with("max", LONGEST);
        }
        return json;
    }

    private static final RowMapper<Draft> DRAFT = Drafts::draft;

    private static Draft draft(ResultSet row, int index) throws SQLException {
        return new Draft(
                row.getLong(1),
                JSON.readValue(row.getString(2), FORM),
                row.getLong(3),
                row.getObject(4, Long.class),
                row.getTimestamp(5).toInstant());
    }
}
