-- Datasets, their immutable versions, and the imports that make them. Rows lie in blobs, not here.

create table datasets (
    id          uuid primary key,
    tenant_id   uuid        not null references tenants,
    number      bigint      not null, -- in addresses
    name        text        not null check (length(name) between 1 and 100),
    description text        not null default '' check (length(description) <= 2000),
    tags        text[]      not null default '{}',
    created_by  uuid references users,
    created_at  timestamptz not null,
    changed_at  timestamptz not null,
    version     bigint      not null default 0,
    unique (tenant_id, number)
);

create index datasets_list on datasets (tenant_id, id);

call temper_isolate('datasets');

create table dataset_versions (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    dataset_id uuid        not null references datasets,
    number     int         not null check (number > 0), -- v1, v2 … of its dataset
    parent_id  uuid references dataset_versions,
    rows_hash  text        not null, -- of the canonical rows: the same rows, the same hash
    file_hash  text        not null, -- the blob with the rows, Parquet
    file_size  bigint      not null,
    row_count  bigint      not null,
    statistics jsonb       not null,
    mapping    jsonb,
    recipe     jsonb,
    steps      jsonb       not null default '[]', -- what each step of the recipe did
    note       text        not null default '' check (length(note) <= 500),
    created_by uuid references users,
    created_at timestamptz not null,
    unique (dataset_id, number)
);

create index dataset_versions_tenant on dataset_versions (tenant_id, id);

call temper_isolate('dataset_versions');

create table dataset_imports (
    id            uuid primary key,
    tenant_id     uuid        not null references tenants,
    dataset_id    uuid        not null references datasets,
    file_name     text        not null check (length(file_name) between 1 and 255),
    file_hash     text        not null, -- the blob as it was brought
    file_size     bigint      not null,
    state         text        not null check (state in
                  ('QUEUED', 'RUNNING', 'MAPPING_NEEDED', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    mapping       jsonb, -- given, or recognised
    proposal      jsonb, -- what a person is asked to confirm
    recipe        jsonb       not null,
    rows_in       bigint      not null default 0,
    rows_added    bigint      not null default 0, -- made by dividing rows
    rows_kept     bigint      not null default 0,
    rows_left_out bigint      not null default 0,
    reasons       jsonb       not null default '{}', -- rows left out, by code
    progress      double precision not null default 0 check (progress between 0 and 1),
    steps         jsonb       not null default '[]',
    report_hash   text, -- the blob with the rows left out, Parquet
    version_id    uuid references dataset_versions,
    failure       jsonb, -- code, message and remedy
    created_by    uuid references users,
    created_at    timestamptz not null,
    started_at    timestamptz,
    finished_at   timestamptz,
    version       bigint      not null default 0
);

create index dataset_imports_list on dataset_imports (tenant_id, id);
create index dataset_imports_dataset on dataset_imports (dataset_id);
create index dataset_imports_running on dataset_imports (tenant_id) where state = 'RUNNING';

call temper_isolate('dataset_imports');

-- Recipes that people keep under a name.
create table recipes (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    name       text        not null check (length(name) between 1 and 100),
    recipe     jsonb       not null,
    created_by uuid references users,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version    bigint      not null default 0,
    unique (tenant_id, name)
);

call temper_isolate('recipes');

-- What runs in the background: db-scheduler's own table, as its documentation has it for PostgreSQL.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time asc);
