-- What OpenAI's dialect keeps beside datasets, tasks and jobs: files under ids of their own, and jobs that may still wait
-- for their file to be read.

create table openai_files (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    name       text        not null,
    purpose    text        not null,
    hash       text        not null,
    size       bigint      not null,
    import_id  uuid, -- of the dataset version it becomes; null where it is not to be trained on
    created_by uuid        not null references users,
    created_at timestamptz not null
);
create index openai_files_tenant on openai_files (tenant_id, id);
call temper_isolate('openai_files');

create table openai_uploads (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    name       text        not null,
    purpose    text        not null,
    size       bigint      not null,
    state      text        not null check (state in ('PENDING', 'COMPLETED', 'CANCELLED')),
    file_id    uuid,
    created_by uuid        not null references users,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index openai_uploads_tenant on openai_uploads (tenant_id, id);
call temper_isolate('openai_uploads');

create table openai_upload_parts (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    upload_id  uuid        not null references openai_uploads on delete cascade,
    hash       text        not null,
    size       bigint      not null,
    created_at timestamptz not null
);
create index openai_upload_parts_upload on openai_upload_parts (upload_id);
call temper_isolate('openai_upload_parts');

create table openai_jobs (
    id              uuid primary key,
    tenant_id       uuid        not null references tenants,
    request         jsonb       not null, -- what was asked, as it was asked
    training_file   uuid        not null,
    task_id         uuid references tasks, -- null until the file is read
    state           text        not null check (state in ('VALIDATING', 'STARTED', 'FAILED', 'CANCELLED')),
    failure_code    text,
    failure_message text,
    model_deleted   boolean     not null default false,
    created_by      uuid        not null references users,
    created_at      timestamptz not null,
    ended_at        timestamptz, -- where it ended before there was a task
    check ((state = 'STARTED') = (task_id is not null))
);
create index openai_jobs_tenant on openai_jobs (tenant_id, id);
call temper_isolate('openai_jobs');
