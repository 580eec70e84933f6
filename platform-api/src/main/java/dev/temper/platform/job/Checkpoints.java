package dev.temper.platform.job;

import dev.temper.contract.link.FileRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The checkpoints of jobs that somebody may go on from, for the tenant or the fleet in scope. Who writes them down has stored
 * and holds them.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Checkpoints {
    /** What content is held for while a job may go on from it, with the job's id. */
    public static final String HOLDER = "job-checkpoint";

    private final JdbcClient jdbc;
    private final Clock clock;

    Checkpoints(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps one more, and of those before as many as the run's spec says, the best besides. */
    public void keep(UUID job, long step, List<FileRef> files) {
        drop(job, step);
        Timestamp now = Timestamp.from(clock.instant());
        for (FileRef file : files) {
            jdbc.sql("""
                    insert into job_checkpoints (tenant_id, job_id, step, path, sha256, size, kept_at)
                    select tenant_id, id, cast(? as bigint), ?, ?, cast(? as bigint), cast(? as timestamptz)
                    from jobs where id = ?
                    """)
                    .params(step, file.path(), file.sha256(), file.size(), now, job)
                    .update();
        }
        jdbc.sql("""
                with wanted as (
                    select coalesce((spec #>> '{checkpoints,keep}')::int, 2) as keep from jobs where id = :job
                ), newest as (
                    select step, row_number() over (order by step desc) as place
                    from (select distinct step from job_checkpoints where job_id = :job) steps
                )
                delete from job_checkpoints c using newest, wanted
                where c.job_id = :job and newest.step = c.step and wanted.keep > 0 and newest.place > wanted.keep
                  and c.step is distinct from (
                      select e.step from job_events e where e.job_id = :job and e.eval_loss is not null
                      order by e.eval_loss, e.id limit 1)
                """).param("job", job).update();
    }

    public void drop(UUID job, long step) {
        jdbc.sql("delete from job_checkpoints where job_id = ? and step = ?")
                .params(job, step)
                .update();
    }

    /** The files of all of them. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<FileRef> files(UUID job) {
        return jdbc.sql("select path, sha256, size from job_checkpoints where job_id = ? order by step, path")
                .param(job)
                .query((row, _) -> new FileRef(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    /** The newest first. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<KeptCheckpoint> of(UUID job) {
        Map<Long, List<Row>> steps = jdbc.sql("""
                        select step, path, sha256, size, kept_at from job_checkpoints where job_id = ?
                        order by step desc, path
                        """).param(job).query(Checkpoints::row).list().stream()
                .collect(Collectors.groupingBy(Row::step, LinkedHashMap::new, Collectors.toList()));
        Map<Long, Losses> losses = losses(job);
        return steps.entrySet().stream()
                .map(entry ->
                        kept(entry.getKey(), entry.getValue(), losses.getOrDefault(entry.getKey(), Losses.UNTOLD)))
                .toList();
    }

    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public Optional<KeptCheckpoint> of(UUID job, long step) {
        return of(job).stream().filter(one -> one.step() == step).findFirst();
    }

    private record Row(long step, FileRef file, Instant at) {}

    private static Row row(ResultSet row, int index) throws SQLException {
        return new Row(
                row.getLong(1),
                new FileRef(row.getString(2), row.getString(3), row.getLong(4)),
                row.getTimestamp(5).toInstant());
    }

    private static KeptCheckpoint kept(long step, List<Row> rows, Losses losses) {
        List<FileRef> files = rows.stream().map(Row::file).toList();
        return new KeptCheckpoint(
                step,
                rows.getFirst().at(),
                files.stream().mapToLong(FileRef::size).sum(),
                losses.loss(),
                losses.evalLoss(),
                KeptCheckpoint.resumable(files),
                files);
    }

    /** What a step told last, which may have been done again. */
    private record Losses(@Nullable Double loss, @Nullable Double evalLoss) {
        static final Losses UNTOLD = new Losses(null, null);
    }

    /**
     * Of all steps with a checkpoint at once: a page that follows a run asks ever again. By the key of job_events_curve, which
     * the database takes only where it may not join as it likes.
     */
    private Map<Long, Losses> losses(UUID job) {
        Map<Long, Losses> found = new HashMap<>();
        jdbc.sql("""
                select step, (array_agg(loss order by id desc) filter (where loss is not null))[1] as loss,
                       (array_agg(eval_loss order by id desc) filter (where eval_loss is not null))[1] as eval_loss
                from (select distinct step from job_checkpoints where job_id = :job) kept
                cross join (select fence from job_attempts where job_id = :job) attempts
                cross join lateral (
                    select id, loss, eval_loss from job_events e
                    where e.job_id = :job and e.fence = attempts.fence and e.step = kept.step offset 0) told
                group by step
                """).param("job", job).query(row -> {
            found.put(
                    row.getLong("step"),
                    new Losses(row.getObject("loss", Double.class), row.getObject("eval_loss", Double.class)));
        });
        return found;
    }
}
