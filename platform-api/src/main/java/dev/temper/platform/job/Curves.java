package dev.temper.platform.job;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The numbers of runs over their steps, thinned in the database. */
@Service
public class Curves {
    /** Three points of a series each: the least, the greatest, the last. */
    private static final int STRETCHES = 330;

    private static final JsonMapper JSON = JsonMapper.shared();

    /** By job_events_curve, which has all that is looked at; bodies are read of the last event of each stretch alone. */
    private static final String THINNED = """
            with told as materialized (
                select id, fence, step, loss, eval_loss from job_events where job_id = :job and step is not null),
            begun as (select fence, min(step) as first from told group by fence),
            redone as (
                select fence, min(first) over (order by fence rows between 1 following and unbounded following) as until
                from begun),
            kept as materialized (
                select told.* from told join redone using (fence)
                where (until is null or step < until) and step between :from and :to),
            stretches as (
                select min(array[loss, step]) filter (where loss is not null) as low,
                       max(array[loss, step]) filter (where loss is not null) as high,
                       min(array[eval_loss, step]) filter (where eval_loss is not null) as held_low,
                       max(array[eval_loss, step]) filter (where eval_loss is not null) as held_high,
                       max(id) filter (where loss is not null) as last,
                       max(id) filter (where loss is null) as held_last
                from kept, (select min(step) as first, max(step) as last from kept) ends
                group by (step - first) * :stretches / (last - first + 1))
            select s.*, e.fence, e.at, e.body::text as body, h.body::text as held_body from stretches s
            left join job_events e on e.job_id = :job and e.id = s.last
            left join job_events h on h.job_id = :job and h.id = s.held_last
            order by s.last
            """;

    private final JdbcClient jdbc;

    Curves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of a job the scope may see. */
    @Transactional(readOnly = true)
    public Curve of(UUID job) {
        return of(job, 0, Long.MAX_VALUE);
    }

    /** Of its steps from one to another, both included: the finer, the fewer they are. */
    @Transactional(readOnly = true)
    public Curve of(UUID job, long from, long to) {
        Curve.Builder curve = new Curve.Builder();
        var thinned = jdbc.sql(THINNED)
                .param("job", job)
                .param("stretches", STRETCHES)
                .param("from", from)
                .param("to", to);
        thinned.query(row -> {
            ends(curve, "loss", row, "low", "high");
            ends(curve, "eval_loss", row, "held_low", "held_high");
            done(curve, row);
            String held = row.getString("held_body");
            if (held != null) {
                all(curve, held);
            }
        });
        return curve.build();
    }

    private static void ends(Curve.Builder curve, String name, ResultSet row, String low, String high)
            throws SQLException {
        for (String column : new String[] {low, high}) {
            Array pair = row.getArray(column);
            if (pair != null) {
                Double[] point = (Double[]) pair.getArray();
                curve.put(name, Math.round(point[1]), point[0]);
            }
        }
    }

    private static void done(Curve.Builder curve, ResultSet row) throws SQLException {
        String body = row.getString("body");
        if (body != null) {
            JsonNode told = all(curve, body);
            curve.done(
                    told.path("step").asLong(),
                    told.path("totalSteps").asLong(),
                    row.getLong("fence"),
                    row.getTimestamp("at").toInstant());
        }
    }

    private static JsonNode all(Curve.Builder curve, String body) {
        JsonNode told = JSON.readTree(body);
        long step = told.path("step").asLong();
        told.path("values").properties().forEach(value -> {
            if (value.getValue().isNumber()) {
                curve.put(value.getKey(), step, value.getValue().asDouble());
            }
        });
        return told;
    }
}
