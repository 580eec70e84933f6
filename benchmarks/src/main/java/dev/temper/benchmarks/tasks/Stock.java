package dev.temper.benchmarks.tasks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What years of work leave in a tenant: tasks in every state, written straight into the platform's own tables as likenesses
 * of a real one, with their attempts, devices, checkpoints, outputs, tuned models, notices and the points of their curves.
 */
final class Stock {
    private static final String EVENT_INDEXES = """
            select indexdef from pg_indexes
            where tablename = 'job_events' and indexname in ('job_events_job', 'job_events_curve', 'job_events_told')
            """;

    /** The numbers of a step of so many. */
    private static final String METRICS = """
            format('{"type":"metrics","step":%s,"totalSteps":%s,"values":{"loss":%s,"learning_rate":%s,'
                       || '"grad_norm":%s,"epoch":%s,"tokens":%s,"tokens_per_second":%s}}',
                   step, steps, round((0.6 + 2.4 * exp(-4.0 * step / steps) + random() * 0.3)::numeric, 6),
                   round((1e-4 * (1 - step::float8 / steps))::numeric, 9), round((0.5 + random())::numeric, 5),
                   round(3.0 * step / steps, 4), step * 2048, round((1500 + random() * 200)::numeric, 1))
            """;

    private final Connection connection;
    private final int tasks;
    private final long points;
    private final long longest;

    /** @param longest how many of the points one task has */
    Stock(Connection connection, int tasks, long points, long longest) {
        this.connection = connection;
        this.tasks = tasks;
        this.points = points;
        this.longest = longest;
    }

    boolean there() throws SQLException {
        return number("select count(*) from tasks") > tasks;
    }

    /** @param task the id of the one they are like */
    void fill(String task) throws SQLException {
        run("set session_replication_role = replica"); // nobody is told, and nothing is planned anew for each
        run("set maintenance_work_mem = '512MB'");
        plan(task);
        jobs();
        tasks();
        remains();
        events();
        run("vacuum analyze");
    }

    /** What each is to be; ids and fences grow with time, as those that were given out one by one. */
    private void plan(String task) throws SQLException {
        run("""
                create temporary table made as
                select n, uuidv7(-age) as task, uuidv7(-age) as job, now() - age as at, kinds.state,
                       t.number + n as number, j.number + n as job_number, nextval('job_fences') as fence, t.tenant_id,
                       t.created_by as person, t.id as like_task, j.id as like_job,
                       (array['lora', 'full', 'partial', 'lora'])[1 + n %% 4] as method,
                       (array['医疗问答 微调 ', 'customer service LoRA ', '客服对话 ', 'law QA, long answers ', 'exam paper v'])
                           [1 + n %% 5] || n as name,
                       case when kinds.state = 'QUEUED' then 0 when n = %1$d / 2 then %3$d
                            else floor((%2$d - %3$d) / (%1$d * 0.97) * (0.5 + (n * 7919 %% 1000) / 1000.0))::bigint end as steps
                from (select n, (%1$d - n + 1) * interval '20 minutes' + interval '1 day' as age,
                             case when n > %1$d * 0.97 then 'QUEUED' when n %% 25 = 3 then 'FAILED'
                                  when n %% 20 = 1 then 'CANCELLED' when n %% 200 = 7 then 'PAUSED'
                                  else 'SUCCEEDED' end as state
                      from generate_series(1, %1$d) n) kinds,
                     tasks t join jobs j on j.id = t.job_id
                where t.id = '%4$s'
                order by n
                """.formatted(tasks, points, longest, task));
        run("analyze made");
        run("""
                update tenant_numbers s set last = last + %d from made
                where n = 1 and s.tenant_id = made.tenant_id and s.series in ('tasks', 'jobs', 'tuned_models')
                """.formatted(tasks));
        run("""
                insert into nodes (id, name, labels, state, enrolled_at, last_seen_at, retired_at)
                select uuidv7(), 'retired-1', '{}', 'READY', now() - interval '1 year', now() - interval '1 day',
                       now() - interval '1 day'
                """);
        run("""
                insert into devices (id, node_id, slot, hardware_id, kind, model, memory_bytes, bf16, present)
                select uuidv7(), id, 0, 'cpu', 'CPU', 'CPU', 1 << 30, false, false from nodes where name = 'retired-1'
                """);
    }

    private void jobs() throws SQLException {
        run("""
                insert into jobs (id, tenant_id, number, name, kind, spec, user_id, task_id, pool_id, devices,
                                  estimate_seconds, priority, state, state_since, moves, submitted_at, queued_since, attempt,
                                  retries, max_retries, worked_seconds, failure_class, failure_code, failure_message,
                                  ended_at, version)
                select m.job, m.tenant_id, m.job_number, m.name, j.kind,
                       jsonb_set(j.spec, '{method}', jsonb_build_object('type', m.method)), m.person, m.task, j.pool_id, 1,
                       j.estimate_seconds, j.priority, m.state, m.at + m.steps * interval '500 ms', 5, m.at, m.at,
                       (m.steps > 0)::int, 0, j.max_retries, m.steps / 2,
                       case when m.state = 'FAILED' then 'RESOURCES' end,
                       case when m.state = 'FAILED' then 'out_of_memory' end,
                       case when m.state = 'FAILED' then 'The device had no memory left.' end,
                       case when m.state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                           then m.at + m.steps * interval '500 ms' end, 5
                from made m join jobs j on j.id = m.like_job order by n
                """);
        run("""
                insert into job_attempts (tenant_id, job_id, number, fence, node_id, borrowed, assigned_at, claimed_at,
                                          started_at, lease_until, ended_at, end_reason, events_held)
                select m.tenant_id, m.job, 1, m.fence, d.node_id, false, m.at, m.at, m.at, m.at,
                       m.at + m.steps * interval '500 ms', lower(m.state), 3 * m.steps
                from made m, devices d where m.steps > 0 order by n
                """);
        run("""
                insert into job_transitions (tenant_id, job_id, seq, from_state, to_state, at, attempt, actor_kind,
                                             actor_name, reason)
                select tenant_id, job, seq, (array[null, 'QUEUED', 'ASSIGNED', 'STARTING', 'RUNNING'])[seq],
                       (array['QUEUED', 'ASSIGNED', 'STARTING', 'RUNNING', state])[seq], at, 1, 'system', 'system', 'made'
                from made, generate_series(1, 5) seq where seq = 1 or steps > 0 order by n, seq
                """);
        run("""
                insert into device_leases (id, tenant_id, device_id, node_id, pool_id, job_id, user_id, fence, borrowed,
                                           held_from, held_until, posted_until, release_reason)
                select uuidv7(), m.tenant_id, d.id, d.node_id, j.pool_id, m.job, m.person, m.fence, false, m.at,
                       m.at + m.steps * interval '500 ms', m.at + m.steps * interval '500 ms', 'ended'
                from made m join jobs j on j.id = m.job, devices d where m.steps > 0 order by n
                """);
        run("""
                insert into ledger_entries (tenant_id, lease_id, device_id, node_id, pool_id, job_id, user_id, borrowed,
                                            starts_at, stops_at, reason)
                select tenant_id, id, device_id, node_id, pool_id, job_id, user_id, false, held_from, held_until, 'ended'
                from device_leases where held_until > held_from
                """);
    }

    private void tasks() throws SQLException {
        run("""
                insert into tasks (id, tenant_id, number, name, model, base_model_id, data, asked, predicted, job_id,
                                   created_by, created_at)
                select m.task, m.tenant_id, m.number, m.name, t.model, t.base_model_id, t.data,
                       t.asked || jsonb_build_object('name', m.name, 'settings',
                           t.asked -> 'settings' || jsonb_build_object('method', jsonb_build_object('type', m.method))),
                       t.predicted, m.job, m.person, m.at
                from made m join tasks t on t.id = m.like_task order by n
                """);
        run("""
                insert into tuned_models (id, tenant_id, number, name, version, kind, task_id, base_model, base_name,
                                          lineage, size, created_by, created_at)
                select uuidv7(m.at - now()), m.tenant_id, row_number() over (order by n), m.name, 1, 'ADAPTER', m.task,
                       t.base_model_id, t.model, jsonb_build_object('data', t.data, 'stage', 'sft', 'method',
                       jsonb_build_object('type', m.method), 'settings', t.asked -> 'settings'), 4200000, m.person, m.at
                from made m join tasks t on t.id = m.task where m.state = 'SUCCEEDED'
                """);
    }

    private void remains() throws SQLException {
        run("""
                insert into job_files (tenant_id, job_id, role, path, sha256, size)
                select tenant_id, job, 'OUTPUT', 'output/' || path, encode(sha256((path || n)::bytea), 'hex'), 4200000
                from made, unnest(array['adapter_config.json', 'adapter_model.safetensors', 'README.md']) path
                where state = 'SUCCEEDED'
                """);
        run("""
                insert into job_checkpoints (tenant_id, job_id, step, path, sha256, size, kept_at)
                select tenant_id, job, steps / part, format('checkpoint-%s/%s', steps / part, path),
                       encode(sha256((path || n || part)::bytea), 'hex'), 4200000, at + steps / part * interval '500 ms'
                from made, unnest(array[1, 2]) part,
                     unnest(array['adapter_model.safetensors', 'optimizer.safetensors', 'trainer_state.json']) path
                where state <> 'CANCELLED' and steps > 1
                """);
        run("""
                insert into notices (id, tenant_id, user_id, type, data, at, read_at)
                select uuidv7(at - now()), tenant_id, person, 'task.' || lower(state),
                       jsonb_build_object('task', task, 'name', name, 'job', job), at,
                       case when n < (select max(n) from made) * 0.95 then at end
                from made where state in ('SUCCEEDED', 'FAILED', 'CANCELLED') order by n
                """);
    }

    /** A number after each step; after each fiftieth a line of the log; after each hundredth a loss of held-out rows. */
    private void events() throws SQLException {
        List<String> indexes = texts(EVENT_INDEXES);
        run("set session_replication_role = origin"); // the curves are summed
        run("alter table job_events disable trigger tell");
        run("drop index job_events_job, job_events_curve, job_events_told");
        run("""
                insert into job_events (tenant_id, job_id, fence, seq, at, type, body)
                select tenant_id, job, fence, seq, at + step * interval '500 ms',
                       case when seq %% 3 = 2 then 'log' else 'metrics' end,
                       case seq %% 3
                           when 1 then %1$s
                           when 0 then format(
                               '{"type":"metrics","step":%%s,"totalSteps":%%s,"values":{"eval_loss":%%s,"epoch":%%s}}',
                               step, steps, round((0.8 + 2.2 * exp(-4.0 * step / steps))::numeric, 6),
                               round(3.0 * step / steps, 4))
                           else format('{"type":"log","lines":["step %%s of %%s"]}', step, steps) end::json
                from made cross join lateral (
                    select seq, (seq + 2) / 3 as step from generate_series(1, 3 * steps) seq
                    where seq %% 3 = 1 or seq %% 3 = 0 and seq / 3 %% 100 = 0 or seq %% 3 = 2 and (seq + 1) / 3 %% 50 = 0) told
                where steps > 0 order by n, seq
                """.formatted(METRICS));
        for (String index : indexes) {
            run(index);
        }
        run("alter table job_events enable trigger tell");
    }

    /** As if the attempt that has just begun had told so many steps, fifty a second. */
    void tellBefore(String job, long steps) throws SQLException {
        run("""
                insert into job_events (tenant_id, job_id, fence, seq, at, type, body)
                select tenant_id, job_id, fence, step, now() - (steps - step) * interval '20 ms', 'metrics', %s::json
                from job_attempts, (select %d::bigint as steps) told, generate_series(1, steps) step
                where job_id = '%s' and ended_at is null order by step
                """.formatted(METRICS, steps, job));
        run("update job_attempts set events_held = %d where job_id = '%s' and ended_at is null".formatted(steps, job));
    }

    /** A token by which one machine enrols. */
    String token() throws SQLException {
        String token = "tme_" + number("select (random() * 1e15)::bigint");
        run("""
                insert into enrolment_tokens (id, token_hash, created_at, expires_at)
                values (uuidv7(), encode(sha256('%s'), 'hex'), now(), now() + interval '1 hour')
                """.formatted(token));
        return token;
    }

    /** The number in the address of the task with the longest curve. */
    long longestTask() throws SQLException {
        return number("""
                select t.number from tasks t join job_attempts a using (job_id)
                where a.ended_at is not null order by a.events_held desc limit 1
                """);
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(texts(sql).getFirst());
    }

    List<String> texts(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
