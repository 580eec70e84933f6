package dev.temper.platform.dataset;

import dev.temper.data.learn.TokenStatistics;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** How counts of tokens are kept. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class TokenCountTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final Clock clock;

    TokenCountTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A count.
     *
     * @param lengths the blob with the lengths of all rows; null until they are counted
     * @param statistics under the cutoff asked for, where somebody asked before
     */
    record Count(
            UUID id,
            UUID version,
            String model,
            String template,
            TokenCountState state,
            long rowsDone,
            @Nullable String lengths,
            @Nullable TokenStatistics statistics,
            @Nullable String failure) {}

    private static final String COLUMNS = """
            select id, version_id, model, template, state, rows_done, lengths_hash, statistics ->> ?, failure
            from dataset_token_counts
            """;

    public Optional<Count> find(UUID version, String tokenizer, String template, int cutoff) {
        return jdbc.sql(COLUMNS + "where version_id = ? and tokenizer_hash = ? and template = ?")
                .params(String.valueOf(cutoff), version, tokenizer, template)
                .query(TokenCountTable::count)
                .optional();
    }

    public Optional<Count> find(UUID id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .params("", id)
                .query(TokenCountTable::count)
                .optional();
    }

    /** Empty where somebody else began in the same moment. */
    public Optional<UUID> begin(UUID version, String model, String tokenizer, String template) {
        UUID id = Ids.next();
        int begun = jdbc.sql("""
                        insert into dataset_token_counts (id, tenant_id, version_id, model, tokenizer_hash, template, state,
                                                          created_at)
                        values (?, ?, ?, ?, ?, ?, 'COUNTING', ?) on conflict (version_id, tokenizer_hash, template) do nothing
                        """)
                .params(id, TenantScope.require(), version, model, tokenizer, template, Timestamp.from(clock.instant()))
                .update();
        return begun == 1 ? Optional.of(id) : Optional.empty();
    }

    /** Takes a failed one up again. */
    public void again(UUID id) {
        jdbc.sql("update dataset_token_counts set state = 'COUNTING', rows_done = 0, failure = null where id = ?")
                .param(id)
                .update();
    }

    /** @return whether it is still wanted; a version that is deleted takes its counts along */
    public boolean progress(UUID id, long rows) {
        return jdbc.sql("update dataset_token_counts set rows_done = ? where id = ? and state = 'COUNTING'")
                        .params(rows, id)
                        .update()
                == 1;
    }

    /** @return whether it was still wanted */
    public boolean done(UUID id, long rows, String lengths) {
        return jdbc.sql("""
                        update dataset_token_counts set state = 'DONE', rows_done = ?, lengths_hash = ?
                        where id = ? and state = 'COUNTING'
                        """).params(rows, lengths, id).update() == 1;
    }

    public void failed(UUID id, String why) {
        jdbc.sql("update dataset_token_counts set state = 'FAILED', failure = ? where id = ?")
                .params(why, id)
                .update();
    }

    public void keep(UUID id, TokenStatistics statistics) {
        jdbc.sql("""
                update dataset_token_counts set statistics = statistics || jsonb_build_object(?, ?::jsonb) where id = ?
                """)
                .params(String.valueOf(statistics.cutoff()), JSON.writeValueAsString(statistics), id)
                .update();
    }

    private static Count count(ResultSet row, int index) throws SQLException {
        String statistics = row.getString(8);
        return new Count(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                TokenCountState.valueOf(row.getString(5)),
                row.getLong(6),
                row.getString(7),
                statistics == null ? null : JSON.readValue(statistics, TokenStatistics.class),
                row.getString(9));
    }
}
