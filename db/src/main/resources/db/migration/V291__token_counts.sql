-- How many tokens the rows of a version take, by tokenizer and template. Any cutoff is worked out from the lengths.

create table dataset_token_counts (
    id             uuid primary key,
    tenant_id      uuid        not null references tenants,
    version_id     uuid        not null references dataset_versions on delete cascade,
    model          text        not null,
    tokenizer_hash text        not null, -- another tokenizer under the same name is counted anew
    template       text        not null,
    state          text        not null check (state in ('COUNTING', 'DONE', 'FAILED')),
    rows_done      bigint      not null default 0,
    lengths_hash   text, -- the blob with the lengths of all rows
    statistics     jsonb       not null default '{}', -- by cutoff
    failure        text,
    created_at     timestamptz not null,
    unique (version_id, tokenizer_hash, template)
);

create index dataset_token_counts_tenant on dataset_token_counts (tenant_id, id);

call temper_isolate('dataset_token_counts');
