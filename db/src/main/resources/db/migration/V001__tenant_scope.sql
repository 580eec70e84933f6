-- Which tenant a transaction works for, and what every tenant-owned table must carry.

-- The application reads and writes rows of every table, now and later, and changes no schema. A table that allows less
-- (an append-only log) takes the rest back in its own migration: revoke update, delete, truncate on … from ${app_role}.
grant usage on schema public to ${app_role};
alter default privileges in schema public grant select, insert, update, delete on tables to ${app_role};
alter default privileges in schema public grant usage, select on sequences to ${app_role};

-- Set by set_config('temper.tenant', …, true) at the start of a transaction. After a transaction that had set it the
-- setting reads '' rather than null, hence nullif. Plain SQL, so the planner inlines it and an index on tenant_id serves.
create function temper_tenant() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('temper.tenant', true), '')::uuid $$;

-- Whose own rows may be seen before a tenant is chosen (a person's memberships): set_config('temper.person', …, true).
create function temper_person() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('temper.person', true), '')::uuid $$;

-- The SHA-256 (hex) of a secret somebody presented: the one row it belongs to may be found by it before the tenant is
-- known (API keys, invitations): set_config('temper.presented', …, true).
create function temper_presented() returns text language sql stable parallel safe
as $$ select nullif(current_setting('temper.presented', true), '') $$;

-- Every migration that creates a table with a tenant_id calls this for it. Force: the owner is bound as well, so a
-- migration that touches rows of such a table lifts the force for its own transaction and puts it back.
create procedure temper_isolate(tenant_table regclass) language plpgsql
as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format(
        'create policy tenant on %s using (tenant_id = temper_tenant()) with check (tenant_id = temper_tenant())',
        tenant_table);
end
$$;
