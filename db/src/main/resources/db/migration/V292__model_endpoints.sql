-- Models that recipes may ask: an address that speaks OpenAI's chat completions, with a key that only the platform reads.

create table model_endpoints (
    id            uuid primary key,
    tenant_id     uuid        not null references tenants,
    name          text        not null check (length(name) between 1 and 100), -- by which recipes call it
    base_url      text        not null check (length(base_url) <= 500),
    model         text        not null check (length(model) between 1 and 200),
    key_encrypted bytea, -- AES-256-GCM; null where the endpoint wants none
    created_by    uuid references users,
    created_at    timestamptz not null,
    changed_at    timestamptz not null,
    version       bigint      not null default 0,
    unique (tenant_id, name)
);

create index model_endpoints_list on model_endpoints (tenant_id, id);

call temper_isolate('model_endpoints');
