-- Curves summed by spans of 32 steps, so that one of a hundred thousand is drawn from three thousand rows. A trigger keeps
-- it: no number that a run tells can be missed.

create table job_curve_spans (
    tenant_id    uuid   not null,
    job_id       uuid   not null references jobs on delete cascade,
    fence        bigint not null,
    span         bigint not null, -- its steps divided by 32
    first_step   bigint not null, -- the least that was told, and the greatest
    last_step    bigint not null,
    low          float8, -- the least loss, and after which step
    low_step     bigint,
    high         float8,
    high_step    bigint,
    eval_low     float8,
    eval_low_step bigint,
    eval_high    float8,
    eval_high_step bigint,
    last_id      bigint, -- of the last event that told a loss
    eval_last_id bigint, -- of the last one that told other numbers
    primary key (job_id, fence, span)
) with (fillfactor = 70); -- the latest of a run changes with each batch of its events

call temper_isolate_compute('job_curve_spans');
revoke delete, truncate, references, trigger on job_curve_spans from ${app_role};

create function temper_sum_curves() returns trigger language plpgsql
as $$
begin
    insert into job_curve_spans as s
    select tenant_id, job_id, fence, step / 32, min(step), max(step),
           min(loss), (array_agg(step order by loss, step) filter (where loss is not null))[1],
           max(loss), (array_agg(step order by loss desc, step) filter (where loss is not null))[1],
           min(eval_loss), (array_agg(step order by eval_loss, step) filter (where eval_loss is not null))[1],
           max(eval_loss), (array_agg(step order by eval_loss desc, step) filter (where eval_loss is not null))[1],
           max(id) filter (where loss is not null), max(id) filter (where loss is null)
    from added where step is not null
    group by tenant_id, job_id, fence, step / 32
    order by job_id, fence, step / 32
    on conflict (job_id, fence, span) do update set
        first_step = least(s.first_step, excluded.first_step),
        last_step = greatest(s.last_step, excluded.last_step),
        low = least(s.low, excluded.low),
        low_step = case when excluded.low < s.low or s.low is null then excluded.low_step else s.low_step end,
        high = greatest(s.high, excluded.high),
        high_step = case when excluded.high > s.high or s.high is null then excluded.high_step else s.high_step end,
        eval_low = least(s.eval_low, excluded.eval_low),
        eval_low_step =
            case when excluded.eval_low < s.eval_low or s.eval_low is null
                then excluded.eval_low_step else s.eval_low_step end,
        eval_high = greatest(s.eval_high, excluded.eval_high),
        eval_high_step =
            case when excluded.eval_high > s.eval_high or s.eval_high is null
                then excluded.eval_high_step else s.eval_high_step end,
        last_id = greatest(s.last_id, excluded.last_id),
        eval_last_id = greatest(s.eval_last_id, excluded.eval_last_id);
    return null;
end
$$;

-- What was told before, of every tenant.
select set_config('temper.fleet', 'on', true);
insert into job_curve_spans
select tenant_id, job_id, fence, step / 32, min(step), max(step),
       min(loss), (array_agg(step order by loss, step) filter (where loss is not null))[1],
       max(loss), (array_agg(step order by loss desc, step) filter (where loss is not null))[1],
       min(eval_loss), (array_agg(step order by eval_loss, step) filter (where eval_loss is not null))[1],
       max(eval_loss), (array_agg(step order by eval_loss desc, step) filter (where eval_loss is not null))[1],
       max(id) filter (where loss is not null), max(id) filter (where loss is null)
from job_events where step is not null
group by tenant_id, job_id, fence, step / 32;
select set_config('temper.fleet', '', true);

-- As with the other triggers of live facts.
grant trigger on job_events to current_user;
create trigger sum_curves after insert on job_events
    referencing new table as added for each statement execute function temper_sum_curves();
revoke trigger on job_events from ${app_role};
