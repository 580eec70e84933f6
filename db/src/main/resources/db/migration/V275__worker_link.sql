-- How machines become workers, what workers tell of their runs, and the contents that go with a run.

-- One-time words, each of which makes one machine a worker.
create table enrolment_tokens (
    id         uuid primary key,
    token_hash text        not null unique, -- SHA-256, hex
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    used_at    timestamptz,
    node_id    uuid references nodes -- what it was used for
);

-- What a worker shows with everything it says.
create table worker_credentials (
    node_id         uuid primary key references nodes,
    credential_hash text        not null unique, -- SHA-256, hex
    issued_at       timestamptz not null,
    first_used_at   timestamptz -- null: nobody has shown it yet
);

-- Up to which number every event of the attempt is kept.
alter table job_attempts add column events_held bigint not null default 0;

-- What happened in runs. In a job's rows id grows in the order they became visible: whoever adds some holds the job's row.
create table job_events (
    id        bigint generated always as identity,
    tenant_id uuid        not null,
    job_id    uuid        not null references jobs on delete cascade,
    fence     bigint      not null,
    seq       bigint      not null check (seq > 0),
    at        timestamptz not null, -- by the platform's clock
    type      text        not null,
    body      json        not null, -- not jsonb, which refuses characters that JSON allows
    primary key (fence, seq)
);

create index job_events_job on job_events (job_id, id);

call temper_isolate_compute('job_events');
revoke update, truncate, references, trigger on job_events from ${app_role};

-- Contents of a job: what its runs are given, and what they made.
create table job_files (
    tenant_id uuid   not null,
    job_id    uuid   not null references jobs on delete cascade,
    role      text   not null check (role in ('INPUT', 'CHECKPOINT', 'OUTPUT')),
    path      text   not null, -- below the run's folder
    sha256    text   not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size      bigint not null check (size >= 0),
    primary key (job_id, role, path)
);

call temper_isolate_compute('job_files');
