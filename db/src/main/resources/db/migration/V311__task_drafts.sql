-- A task that is still being put together: what was typed, as it was typed. It becomes one task, once.

create table task_drafts (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    number     bigint      not null, -- in the tenant's addresses
    user_id    uuid        not null references users,
    form       jsonb       not null, -- texts by the names of fields
    version    bigint      not null default 0,
    task_id    uuid references tasks, -- what it became
    created_at timestamptz not null,
    changed_at timestamptz not null,
    unique (tenant_id, number)
);

create index task_drafts_user on task_drafts (tenant_id, user_id, changed_at);

call temper_isolate('task_drafts');

-- Settings under a name, for everybody in the tenant.
create table task_presets (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    name       text        not null check (length(name) between 1 and 100),
    form       jsonb       not null,
    version    bigint      not null default 0,
    changed_by uuid        not null references users,
    changed_at timestamptz not null,
    unique (tenant_id, name)
);

call temper_isolate('task_presets');

-- What was asked, to be asked again; and what was predicted, to be held against what happened.
alter table tasks
    add column asked jsonb not null default '{}',
    add column predicted jsonb;
