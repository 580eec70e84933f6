-- Names that point at versions, rows mended after an import left them out, and what is put away or deleted.

alter table datasets add column archived_at timestamptz;

-- A deleted version keeps its row and loses its content: numbers are never used twice, and its children still say what
-- they were made from.
alter table dataset_versions add column changes jsonb; -- against the parent: edited, removed, added
alter table dataset_versions add column deleted_at timestamptz;
alter table dataset_versions add column deleted_by uuid references users;

create index dataset_versions_parent on dataset_versions (parent_id) where parent_id is not null;

create table dataset_version_tags (
    tenant_id  uuid        not null references tenants,
    dataset_id uuid        not null references datasets,
    name       text        not null check (length(name) between 1 and 40),
    version_id uuid        not null references dataset_versions,
    moved_by   uuid references users,
    moved_at   timestamptz not null,
    primary key (dataset_id, name)
);

create index dataset_version_tags_version on dataset_version_tags (version_id);

call temper_isolate('dataset_version_tags');

-- Rows of a report that were mended, and the version they are in now.
create table dataset_repairs (
    tenant_id   uuid        not null references tenants,
    import_id   uuid        not null references dataset_imports,
    number      bigint      not null check (number > 0), -- in the report
    version_id  uuid        not null references dataset_versions,
    repaired_by uuid references users,
    repaired_at timestamptz not null,
    primary key (import_id, number)
);

create index dataset_repairs_version on dataset_repairs (version_id);

call temper_isolate('dataset_repairs');
