-- What V331 meant to keep of every tenant; without the word of the fleet it saw no row.
select set_config('temper.fleet', 'on', true);
insert into job_checkpoints (tenant_id, job_id, step, path, sha256, size, kept_at)
select f.tenant_id, f.job_id, j.checkpoint_step, f.path, f.sha256, f.size, j.checkpoint_at
from job_files f join jobs j on j.id = f.job_id
where f.role = 'CHECKPOINT' and j.checkpoint_step is not null and j.checkpoint_at is not null
on conflict do nothing;
select set_config('temper.fleet', '', true);
