package dev.temper.platform.job;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * By job_events_curve, too, and never more than its ends and a point of each stretch, however long a run is. A step that was
     * done again counts as it was done last.
     */
    private static final String GLANCED = """
            with recursive attempts(job_id, fence) as (
                select a.job_id, (select max(fence) from job_events where job_id = a.job_id and step is not null)
                from unnest(:jobs::uuid[]) as a(job_id)
                union all
                select job_id, (select max(e.fence) from job_events e
                                where e.job_id = a.job_id and e.step is not null and e.fence < a.fence)
                from attempts a where fence is not null),
            ends as (
                select a.job_id, e.step, e.id
                from (select job_id, max(fence) as fence from attempts group by job_id) a
                cross join lateral (
                    select step, id from job_events
                    where job_id = a.job_id and fence = a.fence and step is not null
                    order by step desc limit 1) e)
            select ends.job_id, ends.step, b.body::text as body,
                   array(select p.loss from generate_series(0, :points - 1) as n(n)
                         cross join lateral (
                             select e.loss from attempts f
                             cross join lateral (
                                 select step, loss from job_events
                                 where job_id = ends.job_id and fence = f.fence and step is not null and loss is not null
                                   and step > n.n * ends.step / :points
                                 order by step limit 1) e
                             where f.job_id = ends.job_id and e.step <= (n.n + 1) * ends.step / :points
                             order by f.fence desc limit 1) p
                         order by n.n) as losses
            from ends join job_events b on b.job_id = ends.job_id and b.id = ends.id
            """;

    private static final int POINTS = 24;

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

    /** Of jobs the scope may see; those that told no step yet are not among them. */
    @Transactional(readOnly = true)
    public Map<UUID, Glance> glances(Collection<UUID> jobs) {
        Map<UUID, Glance> glances = new HashMap<>();
        jdbc.sql(GLANCED)
                .param("jobs", jobs.toArray(UUID[]::new))
                .param("points", POINTS)
                .query(row -> {
                    JsonNode told = JSON.readTree(row.getString("body"));
                    List<Double> losses =
                            List.of((Double[]) row.getArray("losses").getArray());
                    JsonNode last = told.path("values").path("loss");
                    glances.put(
                            row.getObject("job_id", UUID.class),
                            new Glance(
                                    row.getLong("step"),
                                    told.path("totalSteps").asLong(),
                                    last.isNumber()
                                            ? Double.valueOf(last.asDouble())
                                            : losses.isEmpty() ? null : losses.getLast(),
                                    losses));
                });
        return glances;
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
