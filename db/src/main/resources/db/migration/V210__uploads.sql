-- Files on their way in: sent in parts of one size in any order, so that a broken connection costs one part. The parts lie
-- in the blob store; the whole becomes a blob.

create table uploads (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    begun_by   uuid        not null references users,
    name       text        not null check (length(name) between 1 and 255),
    size       bigint      not null check (size >= 0),
    part_size  int         not null check (part_size > 0),
    expected   text check (expected ~ '^[0-9a-f]{64}$'), -- the hash the sender says the whole has
    state      text        not null check (state in ('OPEN', 'FINISHING', 'FINISHED')),
    hash       text check (hash ~ '^[0-9a-f]{64}$'), -- of the blob it became
    created_at timestamptz not null,
    expires_at timestamptz not null,
    check ((state = 'FINISHED') = (hash is not null))
);

create index uploads_tenant on uploads (tenant_id, begun_by, id);
create index uploads_age on uploads (tenant_id, expires_at);

call temper_isolate('uploads');

create table upload_parts (
    tenant_id uuid not null,
    upload    uuid not null references uploads on delete cascade,
    number    int  not null check (number >= 0),
    hash      text not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (upload, number)
);

call temper_isolate('upload_parts');
