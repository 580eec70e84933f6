-- One execution of a run spec: where it stands, each attempt at it, and every state it went through.

-- Every attempt gets a number greater than all before it: whoever shows an older one has lost the run.
create sequence job_fences;

create table jobs (
    id                    uuid primary key,
    tenant_id             uuid        not null references tenants,
    number                bigint      not null, -- in the tenant's addresses
    name                  text        not null check (length(name) between 1 and 200),
    kind                  text        not null check (kind ~ '^[a-z][a-z0-9_-]{0,30}$'),
    spec                  jsonb       not null, -- what is to be run; frozen
    user_id               uuid        not null references users, -- whose job it is
    task_id               uuid,
    cloned_from           uuid,
    pool_id               uuid        not null references pools,
    devices               int         not null check (devices between 1 and 100000),
    estimate_seconds      bigint      not null check (estimate_seconds between 1 and 31622400),
    priority              int         not null check (priority between 0 and 100),
    state                 text        not null check (state in (
        'QUEUED', 'ASSIGNED', 'STARTING', 'RUNNING', 'PAUSING', 'PAUSED', 'PREEMPTING',
        'SUCCEEDED', 'FAILED', 'CANCELLED')),
    state_since           timestamptz not null,
    moves                 int         not null, -- how many transitions are kept of it
    submitted_at          timestamptz not null,
    queued_since          timestamptz not null, -- its age in the queue; a preempted or lost run keeps it
    not_before            timestamptz, -- waits before the next attempt after a failure
    attempt               int         not null,
    fence                 bigint, -- of the attempt that holds devices; null: none does
    node_id               uuid references nodes, -- where that attempt is
    avoided_nodes         uuid[]      not null default '{}', -- where an attempt was lost
    retries               int         not null,
    max_retries           int         not null check (max_retries between 0 and 100),
    checkpoint_step       bigint,
    checkpoint_reference  text,
    checkpoint_at         timestamptz,
    checkpoint_wanted_at  timestamptz,
    worked_seconds        bigint      not null default 0, -- in all attempts that ended
    last_preempted_at     timestamptz,
    failure_class         text check (failure_class in ('USER', 'RESOURCES', 'INTERNAL')),
    failure_code          text,
    failure_message       text,
    failure_advice        text,
    ended_at              timestamptz,
    version               bigint      not null,
    unique (tenant_id, number)
);

create index jobs_tenant on jobs (tenant_id, id);
create index jobs_open on jobs (state) where ended_at is null;
create index jobs_assigned on jobs (node_id) where state = 'ASSIGNED';
create unique index jobs_fence on jobs (fence) where fence is not null;

call temper_isolate_compute('jobs');

create table job_attempts (
    tenant_id   uuid        not null,
    job_id      uuid        not null references jobs on delete cascade,
    number      int         not null,
    fence       bigint      not null unique,
    node_id     uuid        not null,
    borrowed    boolean     not null,
    assigned_at timestamptz not null,
    claimed_at  timestamptz, -- its worker has taken it
    started_at  timestamptz, -- the run says it trains
    lease_until timestamptz not null, -- then, without a word of the worker, it is lost
    ended_at    timestamptz,
    end_reason  text,
    primary key (job_id, number)
);

create index job_attempts_open on job_attempts (lease_until) where ended_at is null;
create index job_attempts_node on job_attempts (node_id) where ended_at is null;

call temper_isolate_compute('job_attempts');

-- Rows are only added.
create table job_transitions (
    tenant_id  uuid        not null,
    job_id     uuid        not null references jobs on delete cascade,
    seq        int         not null,
    from_state text, -- null: submitted
    to_state   text        not null,
    at         timestamptz not null,
    attempt    int         not null,
    actor_kind text        not null,
    actor_name text        not null,
    reason     text        not null, -- a code, as in preempted
    detail     text,
    primary key (job_id, seq)
);

call temper_isolate_compute('job_transitions');
revoke update, truncate, references, trigger on job_transitions from ${app_role};
