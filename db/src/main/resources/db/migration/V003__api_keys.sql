create table api_keys (
    id           uuid primary key,
    tenant_id    uuid        not null references tenants,
    user_id      uuid        not null references users, -- a key can never do more than its maker may now
    name         text        not null check (length(name) between 1 and 100),
    prefix       text        not null, -- the first characters, to recognise and search a key by
    key_hash     text        not null unique, -- SHA-256, hex: keys are random, so a slow hash would only cost time
    scopes       text[]      not null check (cardinality(scopes) > 0),
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz, -- to the minute
    revoked_at   timestamptz,
    version      bigint      not null
);

create index api_keys_tenant on api_keys (tenant_id, id);

call temper_isolate('api_keys');

-- Whoever presents a key finds the row it belongs to.
create policy presented on api_keys for select using (key_hash = temper_presented());
