-- Nodes, devices, pools, quotas, and who held which device when.

-- The fleet's own work (planning, workers' reports, the quota matrix) is about every tenant at once. A transaction that
-- does it says so: set_config('temper.fleet', 'on', true); it then reaches the tables of compute, and of nothing else.
create function temper_fleet() returns boolean language sql stable parallel safe
as $$ select coalesce(current_setting('temper.fleet', true), '') = 'on' $$;

-- In place of temper_isolate for the tables that the fleet's work is about.
create procedure temper_isolate_compute(compute_table regclass) language plpgsql
as $$
begin
    call temper_isolate(compute_table);
    execute format('create policy fleet on %s using (temper_fleet()) with check (temper_fleet())', compute_table);
end
$$;

-- A kind of machine that quotas are about. A node belongs to the one pool whose selector it bears and that asks for most.
create table pools (
    id              uuid primary key,
    name            text        not null unique check (name ~ '^[a-z0-9][a-z0-9.-]{0,62}$'),
    description     text        not null default '' check (length(description) <= 500),
    selector        text[]      not null, -- labels (key=value) that a node must bear, all of them
    default_ceiling int         not null check (default_ceiling between 0 and 100000), -- of tenants without a quota
    created_at      timestamptz not null,
    version         bigint      not null default 0
);

-- What bears no label of another pool. Everybody may use it, so that a platform with one machine needs no quota at all.
insert into pools (id, name, description, selector, default_ceiling, created_at)
values ('01900000-0000-7000-8000-000000000001', 'default', '', '{}', 100000, now());

create table nodes (
    id             uuid primary key,
    name           text        not null unique check (length(name) between 1 and 100),
    pool_id        uuid references pools, -- null: no pool's selector fits
    labels         text[]      not null,
    state          text        not null check (state in ('READY', 'CORDONED', 'DRAINING')),
    sick_reason    text, -- not null: taken out by the platform itself until somebody clears it
    worker_version text        not null default '',
    enrolled_at    timestamptz not null,
    last_seen_at   timestamptz not null,
    retired_at     timestamptz, -- gone for good; kept for the ledger
    version        bigint      not null default 0
);

create index nodes_pool on nodes (pool_id) where retired_at is null;

create table devices (
    id                 uuid primary key,
    node_id            uuid        not null references nodes,
    slot               int         not null check (slot >= 0), -- its index on the node
    hardware_id        text        not null, -- the maker's own, as in GPU-5f2c…
    kind               text        not null check (kind in ('NVIDIA', 'CPU', 'SIMULATED')),
    model              text        not null,
    memory_bytes       bigint      not null check (memory_bytes >= 0),
    compute_capability text        not null default '', -- as in 9.0
    bf16               boolean     not null,
    present            boolean     not null default true, -- in the node's last report
    sick_reason        text, -- not null: given to nobody
    utilisation        real, -- 0 to 1, as last reported
    memory_used_bytes  bigint,
    temperature        real, -- °C
    telemetry_at       timestamptz,
    unique (node_id, hardware_id)
);

-- A tenant's share of a pool. Without a row: nothing guaranteed, the pool's default ceiling, no budget.
create table quotas (
    id                uuid primary key,
    tenant_id         uuid        not null references tenants,
    pool_id           uuid        not null references pools,
    guaranteed        int         not null check (guaranteed between 0 and 100000),
    ceiling           int         not null check (ceiling between guaranteed and 100000),
    monthly_gpu_hours bigint check (monthly_gpu_hours between 0 and 100000000), -- null: no budget
    max_run_seconds   bigint check (max_run_seconds between 60 and 31622400), -- null: no limit
    max_jobs          int check (max_jobs between 0 and 100000), -- at once; null: no limit
    min_priority      int         not null check (min_priority between 0 and 100),
    max_priority      int         not null check (max_priority between min_priority and 100),
    warned            text        not null default '', -- as in 2026-11/80: the last warning of the budget that was given
    updated_at        timestamptz not null,
    version           bigint      not null default 0,
    unique (tenant_id, pool_id)
);

call temper_isolate_compute('quotas');

-- What a tenant's admins let one person of it hold at once.
create table quota_shares (
    id          uuid primary key,
    tenant_id   uuid        not null references tenants,
    pool_id     uuid        not null references pools,
    user_id     uuid        not null references users,
    max_devices int         not null check (max_devices between 0 and 100000),
    updated_at  timestamptz not null,
    version     bigint      not null default 0,
    unique (tenant_id, pool_id, user_id)
);

call temper_isolate_compute('quota_shares');

-- Devices of a pool kept for one tenant in a window of time.
create table reservations (
    id           uuid primary key,
    tenant_id    uuid        not null references tenants,
    pool_id      uuid        not null references pools,
    devices      int         not null check (devices between 1 and 100000),
    starts_at    timestamptz not null,
    ends_at      timestamptz not null check (ends_at > starts_at),
    note         text        not null default '' check (length(note) <= 500),
    created_at   timestamptz not null,
    cancelled_at timestamptz,
    version      bigint      not null default 0
);

create index reservations_window on reservations (ends_at) where cancelled_at is null;

call temper_isolate_compute('reservations');

-- A device in the hands of a run, from when it was set aside until it was given back.
create table device_leases (
    id             uuid primary key,
    tenant_id      uuid        not null,
    device_id      uuid        not null references devices,
    node_id        uuid        not null,
    pool_id        uuid        not null,
    job_id         uuid        not null,
    user_id        uuid        not null,
    fence          bigint      not null,
    borrowed       boolean     not null, -- above what the tenant is guaranteed
    held_from      timestamptz not null,
    held_until     timestamptz check (held_until >= held_from), -- null: still held
    posted_until   timestamptz not null, -- up to where the ledger has it
    release_reason text
);

-- Nobody holds what another holds, whatever the code above does.
create unique index device_leases_held on device_leases (device_id) where held_until is null;
create index device_leases_fence on device_leases (fence);
create index device_leases_tenant on device_leases (tenant_id, held_from);

call temper_isolate_compute('device_leases');

-- Each second of a device that was held, once: rows are only added, and begin where the last row of their lease ended.
create table ledger_entries (
    id        bigint generated always as identity primary key,
    tenant_id uuid        not null,
    lease_id  uuid        not null,
    device_id uuid        not null,
    node_id   uuid        not null,
    pool_id   uuid        not null,
    job_id    uuid        not null,
    user_id   uuid        not null,
    borrowed  boolean     not null,
    starts_at timestamptz not null,
    stops_at  timestamptz not null check (stops_at > starts_at),
    reason    text        not null, -- why it stops there: still_held, or why the device was given back
    unique (lease_id, starts_at)
);

create index ledger_entries_tenant on ledger_entries (tenant_id, pool_id, stops_at);
create index ledger_entries_time on ledger_entries (stops_at);

call temper_isolate_compute('ledger_entries');
revoke update, delete, truncate, references, trigger on ledger_entries from ${app_role};
