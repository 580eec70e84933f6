-- A task has its run, and jobs that come after it: what was trained is made another format of, or asked something.
create index jobs_task on jobs (task_id, kind, id) where task_id is not null;
