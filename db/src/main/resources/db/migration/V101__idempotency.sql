-- Answers kept so that a repeated POST is done once. Neither the key nor the answer can be read from here: the key is
-- hashed with its owner, and the answer, which may hold a new secret, is encrypted under the key itself.
create table idempotency_keys (
    id          bytea       primary key, -- SHA-256 of tenant, actor and key
    tenant_id   uuid,
    fingerprint bytea       not null, -- SHA-256 of method, path, query and body
    answer      bytea, -- null only inside the transaction that does the work
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);

create index idempotency_keys_age on idempotency_keys (expires_at);

alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant on idempotency_keys
    using (tenant_id is not distinct from temper_tenant())
    with check (tenant_id is not distinct from temper_tenant());
