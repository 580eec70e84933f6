-- Small facts about what changes, for pages that show it: written in the transaction that changes it, by whatever statement
-- it does so, and gone after an hour. They say that something is new, hardly what: whoever may see it reads it anew.

create table live_facts (
    id        bigint generated always as identity primary key,
    -- Who goes on reading from the oldest transaction that was still under way misses nothing, however late one commits;
    -- by the ids alone a reader would pass over those that are committed after greater ones.
    xact      xid8        not null default pg_current_xact_id(),
    tenant_id uuid, -- null: about machines, which all tenants share
    topic     text        not null, -- as in job.12; who watches "job" watches all of them
    fact      jsonb       not null,
    at        timestamptz not null default clock_timestamp()
);

create index live_facts_xact on live_facts (xact);
create index live_facts_at on live_facts (at);

-- One reader in each process hands the facts of every tenant on: hence as the tables of compute. Machines change in the
-- transactions of tenants too, as when a device comes back from a job that somebody cancelled.
call temper_isolate_compute('live_facts');
create policy machines on live_facts for insert with check (tenant_id is null);

create procedure temper_tell(tenant uuid, topic text, fact jsonb) language sql
as $$
    insert into live_facts (tenant_id, topic, fact) values (tenant, topic, fact);
    select pg_notify('temper_live', '');
$$;

create function temper_tell_of_jobs() returns trigger language plpgsql
as $$
begin
    insert into live_facts (tenant_id, topic, fact)
    select a.tenant_id, 'job.' || j.number,
           jsonb_build_object('type', 'job.state', 'job', j.number, 'state', a.to_state)
    from added a join jobs j on j.id = a.job_id order by a.job_id, a.seq;
    perform pg_notify('temper_live', '');
    return null;
end
$$;

-- Where one login is the owner and the application, it took this right from itself.
grant trigger on job_transitions to current_user;
create trigger tell after insert on job_transitions
    referencing new table as added for each statement execute function temper_tell_of_jobs();
revoke trigger on job_transitions from ${app_role};

create function temper_tell_of_waits() returns trigger language plpgsql
as $$
begin
    insert into live_facts (tenant_id, topic, fact)
    select distinct tenant_id, 'queue', jsonb_build_object('type', 'queue.changed') from added;
    perform pg_notify('temper_live', '') where exists (select from added);
    return null;
end
$$;

create trigger tell after insert on job_waits
    referencing new table as added for each statement execute function temper_tell_of_waits();
create trigger tell_of_change after update on job_waits
    referencing new table as added for each statement execute function temper_tell_of_waits();

create function temper_tell_of_leases() returns trigger language plpgsql
as $$
begin
    insert into live_facts (tenant_id, topic, fact)
    select distinct null::uuid, 'node.' || node_id, jsonb_build_object('type', 'node.changed') from added;
    perform pg_notify('temper_live', '') where exists (select from added);
    return null;
end
$$;

create trigger tell after insert on device_leases
    referencing new table as added for each statement execute function temper_tell_of_leases();
create trigger tell_of_change after update on device_leases
    referencing new table as added for each statement execute function temper_tell_of_leases();
create trigger tell after insert on devices
    referencing new table as added for each statement execute function temper_tell_of_leases();

-- What a device does is told with its node, which is heard of in the same transaction; that it fell ill is told at once.
create function temper_tell_of_machine() returns trigger language plpgsql
as $$
begin
    call temper_tell(
        null,
        tg_argv[0] || '.' || (to_jsonb(new) ->> tg_argv[1]),
        jsonb_build_object('type', tg_argv[0] || '.changed'));
    return null;
end
$$;

create trigger tell after insert or update on nodes
    for each row execute function temper_tell_of_machine('node', 'id');
create trigger tell_of_health after update on devices
    for each row when (old.present <> new.present or old.sick_reason is distinct from new.sick_reason)
    execute function temper_tell_of_machine('node', 'node_id');
create trigger tell after insert or update on pools
    for each row execute function temper_tell_of_machine('pool', 'id');

create function temper_tell_of_quotas() returns trigger language plpgsql
as $$
begin
    call temper_tell(coalesce(new.tenant_id, old.tenant_id), 'quota', jsonb_build_object('type', 'quota.changed'));
    return null;
end
$$;

create trigger tell after insert or update or delete on quotas
    for each row execute function temper_tell_of_quotas();
create trigger tell after insert or update or delete on quota_shares
    for each row execute function temper_tell_of_quotas();

create function temper_tell_of_imports() returns trigger language plpgsql
as $$
begin
    call temper_tell(
        new.tenant_id,
        'import.' || new.id,
        jsonb_build_object('type', case when new.state in ('QUEUED', 'RUNNING') then 'import.progress' else 'import.done' end));
    return null;
end
$$;

create trigger tell after update on dataset_imports
    for each row when (old.state <> new.state or old.progress <> new.progress or old.rows_in <> new.rows_in)
    execute function temper_tell_of_imports();
