-- Which task another one goes on from, and the checkpoints somebody may choose for it.

alter table tasks
    add column origin      uuid references tasks,
    add column origin_step bigint check (origin_step >= 0), -- null: begun anew
    add check (origin is not null or origin_step is null);

create index tasks_origin on tasks (origin) where origin is not null;

-- Beside those of job_files, which the job's next attempt goes on from by itself.
create table job_checkpoints (
    tenant_id uuid        not null,
    job_id    uuid        not null references jobs on delete cascade,
    step      bigint      not null check (step >= 0),
    path      text        not null, -- below the run's folder
    sha256    text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size      bigint      not null check (size >= 0),
    kept_at   timestamptz not null,
    primary key (job_id, step, path)
);

call temper_isolate_compute('job_checkpoints');

insert into job_checkpoints (tenant_id, job_id, step, path, sha256, size, kept_at)
select f.tenant_id, f.job_id, j.checkpoint_step, f.path, f.sha256, f.size, j.checkpoint_at
from job_files f join jobs j on j.id = f.job_id
where f.role = 'CHECKPOINT' and j.checkpoint_step is not null and j.checkpoint_at is not null;
