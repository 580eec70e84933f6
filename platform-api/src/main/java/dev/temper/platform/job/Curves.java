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

    /** As many steps are summed in one row. */
    private static final int SPAN = 32;

    /** Up to which step each attempt counts: an attempt after it may have begun before its end. */
    private static final String REDONE = """
            with begun as (select fence, min(first_step) as first from job_curve_spans where job_id = :job group by fence),
            redone as (
                select fence, min(first) over (order by fence rows between 1 following and unbounded following) as until
                from begun),
            """;

    /** By job_events_curve, which has all that is looked at. */
    private static final String EACH_STEP = """
            kept as (
                select step as place, loss as low, step as low_step, loss as high, step as high_step,
                       eval_loss as eval_low, step as eval_low_step, eval_loss as eval_high, step as eval_high_step,
                       case when loss is not null then id end as last_id, case when loss is null then id end as eval_last_id
                from job_events join redone using (fence)
                where job_id = :job and step between :from and :to and (until is null or step < until)),
            """;

    /** The spans whole, by the key of job_curve_spans; of one within which a later attempt began, the steps before that. */
    private static final String SPANS = """
            kept as (
                select first_step as place, low, low_step, high, high_step,
                       eval_low, eval_low_step, eval_high, eval_high_step, last_id, eval_last_id
                from job_curve_spans join redone using (fence)
                where job_id = :job and last_step >= :from and first_step <= :to and (until is null or last_step < until)
                union all
                select step, loss, step, loss, step, eval_loss, step, eval_loss, step,
                       case when loss is not null then id end, case when loss is null then id end
                from redone cross join lateral (
                    select * from job_events e
                    where e.job_id = :job and e.fence = redone.fence and e.step >= redone.until / 32 * 32
                      and e.step < redone.until and e.step between :from and :to) torn),
            """;

    /** Bodies are read of the last event of each stretch alone. */
    private static final String THINNED = """
            stretches as (
                select min(array[low, low_step]) filter (where low is not null) as low,
                       max(array[high, high_step]) filter (where high is not null) as high,
                       min(array[eval_low, eval_low_step]) filter (where eval_low is not null) as held_low,
                       max(array[eval_high, eval_high_step]) filter (where eval_high is not null) as held_high,
                       max(last_id) as last, max(eval_last_id) as held_last
                from kept group by (place - :from) * :stretches / (:to - :from + 1))
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
        Steps told = told(job);
        Steps asked = new Steps(Math.max(from, told.first()), Math.min(to, told.last()));
        var thinned = jdbc.sql(REDONE + (asked.count() > SPAN * STRETCHES ? SPANS : EACH_STEP) + THINNED)
                .param("job", job)
                .param("stretches", STRETCHES)
                .param("from", asked.first())
                .param("to", asked.last());
        thinned.query(row -> {
            ends(curve, asked, "loss", row, "low", "high");
            ends(curve, asked, "eval_loss", row, "held_low", "held_high");
            done(curve, asked, row);
            String held = row.getString("held_body");
            if (held != null) {
                all(curve, asked, held);
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

    /** Both included. The spans at the ends of what is asked for have some more. */
    private record Steps(long first, long last) {
        long count() {
            return Math.max(0, last - first + 1);
        }

        boolean have(long step) {
            return step >= first && step <= last;
        }
    }

    /** None: they end before they begin. */
    private Steps told(UUID job) {
        return jdbc.sql("""
                        select coalesce(min(first_step), 0) as first, coalesce(max(last_step), -1) as last
                        from job_curve_spans where job_id = :job
                        """).param("job", job).query(Steps.class).single();
    }

    private static void ends(Curve.Builder curve, Steps asked, String name, ResultSet row, String low, String high)
            throws SQLException {
        for (String column : new String[] {low, high}) {
            Array pair = row.getArray(column);
            if (pair != null) {
                Double[] point = (Double[]) pair.getArray();
                put(curve, asked, name, Math.round(point[1]), point[0]);
            }
        }
    }

    private static void put(Curve.Builder curve, Steps asked, String name, long step, double value) {
        if (asked.have(step)) {
            curve.put(name, step, value);
        }
    }

    private static void done(Curve.Builder curve, Steps asked, ResultSet row) throws SQLException {
        String body = row.getString("body");
        if (body != null) {
            JsonNode told = all(curve, asked, body);
            curve.done(
                    told.path("step").asLong(),
                    told.path("totalSteps").asLong(),
                    row.getLong("fence"),
                    row.getTimestamp("at").toInstant());
        }
    }

    private static JsonNode all(Curve.Builder curve, Steps asked, String body) {
        JsonNode told = JSON.readTree(body);
        long step = told.path("step").asLong();
        told.path("values").properties().forEach(value -> {
            if (value.getValue().isNumber()) {
                put(curve, asked, value.getKey(), step, value.getValue().asDouble());
            }
        });
        return told;
    }
}
