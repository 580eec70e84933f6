-- Models that trainings start from, and those that came of trainings.

-- The platform's own content, the same for every tenant; the bytes lie beside the tenants' in the blob store.
create table shared_blobs (
    hash       text primary key check (hash ~ '^[0-9a-f]{64}$'), -- SHA-256
    size       bigint      not null check (size >= 0),
    created_at timestamptz not null
);

create table base_models (
    id              uuid primary key,
    tenant_id       uuid references tenants, -- null: the platform's, for every tenant to use
    name            text        not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    description     text        not null default '' check (length(description) <= 2000),
    state           text        not null check (state in ('IMPORTING', 'READY', 'FAILED', 'WITHDRAWN')),
    source          text        not null check (source in ('FOLDER', 'UPLOAD', 'HUB')),
    origin          jsonb       not null, -- where exactly it comes from
    origin_token    bytea, -- what the hub asks for; encrypted, and gone when the import is over
    bytes_total     bigint, -- of the import; null: not known yet
    bytes_done      bigint      not null default 0,
    attempt         bigint      not null default 0, -- a run of the import that is not the latest keeps its hands off
    failure         jsonb, -- code, message, remedy, facts
    inspection      jsonb, -- what its files say
    chat_template   text, -- the model's own
    licence         text        not null default '' check (length(licence) <= 100), -- SPDX identifier or name
    licence_url     text        not null default '' check (length(licence_url) <= 500),
    licence_text    text        not null default '' check (length(licence_text) <= 200000),
    commercial_use  text        not null check (commercial_use in ('YES', 'CONDITIONS', 'NO', 'UNKNOWN')),
    gated           boolean     not null, -- a tenant's admin has to accept the licence first
    licence_version int         not null default 1, -- what was accepted is this wording and no other
    created_by      uuid references users, -- null: came with the platform
    created_at      timestamptz not null,
    changed_at      timestamptz not null,
    version         bigint      not null default 0
);

create unique index base_models_name on base_models (tenant_id, lower(name)) nulls not distinct;

alter table base_models enable row level security;
alter table base_models force row level security;
create policy tenant on base_models using (tenant_id = temper_tenant()) with check (tenant_id = temper_tenant());
create policy shared on base_models for select using (tenant_id is null);
-- What is shared is changed by the platform's own work, which reaches no tenant's models.
create policy platform on base_models
    using (tenant_id is null and temper_fleet()) with check (tenant_id is null and temper_fleet());

create table base_model_files (
    model_id  uuid   not null references base_models on delete cascade,
    tenant_id uuid, -- that of the model
    path      text   not null check (length(path) between 1 and 300),
    role      text   not null check (role in ('MODEL', 'TOKENIZER')), -- given to runs, or only read by the platform
    sha256    text   not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size      bigint not null check (size >= 0),
    primary key (model_id, role, path)
);

create index base_model_files_hash on base_model_files (sha256);

alter table base_model_files enable row level security;
alter table base_model_files force row level security;
create policy tenant on base_model_files using (tenant_id = temper_tenant()) with check (tenant_id = temper_tenant());
create policy shared on base_model_files for select using (tenant_id is null);
create policy platform on base_model_files
    using (tenant_id is null and temper_fleet()) with check (tenant_id is null and temper_fleet());

-- Who has agreed to what a model's licence asks, for whom.
create table licence_acceptances (
    tenant_id       uuid        not null references tenants,
    model_id        uuid        not null references base_models on delete cascade,
    licence_version int         not null,
    accepted_by     uuid        not null references users,
    accepted_at     timestamptz not null,
    primary key (tenant_id, model_id)
);

call temper_isolate('licence_acceptances');

-- What came of tasks that succeeded, with what it came of.
create table tuned_models (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    number     bigint      not null, -- in the tenant's addresses
    name       text        not null check (length(name) between 1 and 200),
    version    int         not null check (version > 0), -- of that name
    kind       text        not null check (kind in ('ADAPTER', 'MODEL')),
    task_id    uuid        not null references tasks,
    base_model uuid references base_models, -- null: of before there was a registry
    base_name  text        not null,
    lineage    jsonb       not null, -- dataset versions, stage, method, settings, as the run had them
    size       bigint      not null check (size >= 0),
    created_by uuid        not null references users,
    created_at timestamptz not null,
    unique (tenant_id, number),
    unique (tenant_id, task_id),
    unique (tenant_id, name, version)
);

create index tuned_models_base on tuned_models (base_model);

call temper_isolate('tuned_models');

alter table tasks add column base_model_id uuid references base_models; -- null: of before there was a registry
create index tasks_base_model on tasks (base_model_id);
