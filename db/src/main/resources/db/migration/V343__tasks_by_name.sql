create index tasks_name on tasks (tenant_id, name, id);
