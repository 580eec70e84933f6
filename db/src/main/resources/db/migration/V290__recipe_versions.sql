-- A change of a recipe makes a new version of it, so that one can say which it was that ran.

alter table recipes
    drop column recipe, -- nobody has one yet
    add column description text not null default '' check (length(description) <= 500),
    add column latest      int  not null check (latest > 0);

create table recipe_versions (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    recipe_id  uuid        not null references recipes,
    number     int         not null check (number > 0),
    recipe     jsonb       not null,
    mapping    jsonb, -- for files with the same columns
    columns    text[], -- those of the file it was saved from, where there is a mapping
    created_by uuid references users,
    created_at timestamptz not null,
    unique (recipe_id, number)
);

create index recipes_list on recipes (tenant_id, id);
create index recipe_versions_columns on recipe_versions (tenant_id, columns) where mapping is not null;

call temper_isolate('recipe_versions');

-- What was mapped by hand is offered to the next file with the same columns.
create index dataset_imports_columns on dataset_imports (tenant_id, md5((proposal -> 'columns')::text), id)
    where proposal is not null;

-- A version may be made from others instead of from a file: which, and how often each of their rows is taken.
alter table dataset_imports add column sources jsonb;
