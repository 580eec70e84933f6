-- What the scheduler keeps between two plans, who wakes it, and the ledger's sums.

create table tenant_usage (
    tenant_id      uuid             not null references tenants,
    pool_id        uuid             not null references pools,
    device_seconds double precision not null check (device_seconds >= 0), -- half of it counts after seven days
    at             timestamptz      not null, -- when that was true
    primary key (tenant_id, pool_id)
);

call temper_isolate_compute('tenant_usage');

-- Why each job waits. Unlogged, because the next plan says it anew; room in each page, because most of it changes often.
create unlogged table job_waits (
    job_id          uuid primary key references jobs on delete cascade,
    tenant_id       uuid        not null,
    position        int         not null check (position > 0), -- in its pool's queue
    code            text        not null, -- which rule holds it
    facts           jsonb       not null,
    estimated_start timestamptz,
    planned_at      timestamptz not null
) with (fillfactor = 50);

create index job_waits_tenant on job_waits (tenant_id);

call temper_isolate_compute('job_waits');

-- What a job's devices must be; null: whatever its pool has.
alter table jobs add device_kind text check (device_kind in ('NVIDIA', 'CPU', 'SIMULATED'));

-- Whoever plans is woken by what can change a plan. Notices of one transaction are told as one, when it commits.
create function temper_wake_scheduler() returns trigger language plpgsql
as $$
begin
    perform pg_notify('temper_scheduler', '');
    return null;
end
$$;

create trigger wake_scheduler after insert on jobs
    for each statement execute function temper_wake_scheduler();
create trigger wake_scheduler_of_change after update on jobs
    for each row when (old.priority <> new.priority or (old.state <> new.state and new.state = 'QUEUED'))
    execute function temper_wake_scheduler();
create trigger wake_scheduler after update on device_leases
    for each row when (old.held_until is null and new.held_until is not null) execute function temper_wake_scheduler();
create trigger wake_scheduler after update on nodes
    for each row when (old.state <> new.state or old.sick_reason is distinct from new.sick_reason
        or old.pool_id is distinct from new.pool_id)
    execute function temper_wake_scheduler();
create trigger wake_scheduler after insert on devices
    for each statement execute function temper_wake_scheduler();
create trigger wake_scheduler after insert or update or delete on quotas
    for each statement execute function temper_wake_scheduler();
create trigger wake_scheduler after insert or update or delete on quota_shares
    for each statement execute function temper_wake_scheduler();
create trigger wake_scheduler after insert or update on reservations
    for each statement execute function temper_wake_scheduler();

-- The ledger summed by days (UTC), so that a month costs the same however much happened in it. A trigger keeps it: no row
-- of the ledger can be missed.
create table ledger_days (
    tenant_id      uuid           not null,
    pool_id        uuid           not null,
    user_id        uuid           not null,
    day            date           not null,
    borrowed       boolean        not null,
    device_seconds numeric(20, 6) not null,
    primary key (tenant_id, pool_id, day, user_id, borrowed)
);

call temper_isolate_compute('ledger_days');
revoke delete, truncate, references, trigger on ledger_days from ${app_role};

create function temper_sum_ledger() returns trigger language plpgsql
as $$
begin
    insert into ledger_days as d (tenant_id, pool_id, user_id, day, borrowed, device_seconds)
    select e.tenant_id, e.pool_id, e.user_id, days.at::date, e.borrowed,
           sum(extract(epoch from least(e.stops, days.at + interval '1 day') - greatest(e.starts, days.at)))
    from (select *, starts_at at time zone 'UTC' as starts, stops_at at time zone 'UTC' as stops from added) e
    cross join lateral generate_series(
        date_trunc('day', e.starts), e.stops - interval '1 microsecond', interval '1 day') as days (at)
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5 -- so that two who add to the same days come one after the other
    on conflict (tenant_id, pool_id, day, user_id, borrowed) do update
        set device_seconds = d.device_seconds + excluded.device_seconds;
    return null;
end
$$;

-- Where one login is the owner and the application, it took this right from itself.
grant trigger on ledger_entries to current_user;
create trigger sum_days after insert on ledger_entries
    referencing new table as added for each statement execute function temper_sum_ledger();
revoke trigger on ledger_entries from ${app_role};

create index ledger_entries_job on ledger_entries (job_id);
