-- What a curve is drawn from lies beside each event: a run of a hundred thousand steps is thinned without reading a body.
-- A body may hold an escaped null character, which no text of the database can; such an event is no point of a curve.

alter table job_events
    add column step bigint generated always as (
        case when type = 'metrics' and strpos(body::text, '\u0000') = 0 then (body ->> 'step')::bigint end) stored,
    add column loss float8 generated always as (
        case when type = 'metrics' and strpos(body::text, '\u0000') = 0
            then (body -> 'values' ->> 'loss')::float8 end) stored,
    add column eval_loss float8 generated always as (
        case when type = 'metrics' and strpos(body::text, '\u0000') = 0
            then (body -> 'values' ->> 'eval_loss')::float8 end) stored;

create index job_events_curve on job_events (job_id, fence, step) include (tenant_id, id, loss, eval_loss)
    where step is not null;

-- The end of a log is found without passing over the numbers between its lines.
create index job_events_told on job_events (job_id, id) where type <> 'metrics';

-- Pages that show a run hear that there is more of it.
create function temper_tell_of_events() returns trigger language plpgsql
as $$
begin
    insert into live_facts (tenant_id, topic, fact)
    select a.tenant_id, 'run.' || j.number, jsonb_build_object('type', 'run.progress', 'job', j.number)
    from (select distinct tenant_id, job_id from added) a join jobs j on j.id = a.job_id;
    perform pg_notify('temper_live', '');
    return null;
end
$$;

-- As with the other triggers of live facts.
grant trigger on job_events to current_user;
create trigger tell after insert on job_events
    referencing new table as added for each statement execute function temper_tell_of_events();
revoke trigger on job_events from ${app_role};
