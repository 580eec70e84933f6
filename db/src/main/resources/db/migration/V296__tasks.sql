-- What somebody wants trained: a base model, rows, settings. How a run of it goes is the job's to tell.

create table tasks (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    number     bigint      not null, -- in the tenant's addresses
    name       text        not null check (length(name) between 1 and 200),
    model      text        not null, -- the base model, by name
    data       jsonb       not null, -- the dataset versions, in order, each with its weight
    job_id     uuid        not null references jobs,
    created_by uuid        not null references users,
    created_at timestamptz not null,
    unique (tenant_id, number)
);

create index tasks_tenant on tasks (tenant_id, id);

call temper_isolate('tasks');
