-- Content by its hash, kept once a tenant; the bytes lie in the blob store, under the tenant and the hash.

create table blobs (
    tenant_id  uuid        not null references tenants,
    hash       text        not null check (hash ~ '^[0-9a-f]{64}$'), -- SHA-256
    size       bigint      not null check (size >= 0),
    created_at timestamptz not null,
    -- Until then it stays even where nothing refers to it: what was just stored is about to be referred to.
    kept_until timestamptz not null,
    primary key (tenant_id, hash)
);

call temper_isolate('blobs');

-- Why a blob is still needed, as in dataset-version 0190…; a blob without one is collected.
create table blob_references (
    tenant_id uuid not null,
    hash      text not null,
    kind      text not null check (kind ~ '^[a-z][a-z-]{0,40}$'),
    owner     uuid not null,
    primary key (tenant_id, hash, kind, owner),
    foreign key (tenant_id, hash) references blobs
);

create index blob_references_owner on blob_references (tenant_id, kind, owner);

call temper_isolate('blob_references');
