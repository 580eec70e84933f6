-- What people are told on their pages and by mail, and programs outside by webhooks. All of it is written in the transaction
-- that changes what it tells of, so that nothing is told that did not happen and nothing that happened is left out; it is
-- sent after that. What happens is often the fleet's to write down, and what is sent goes out for all tenants at once: hence
-- as the tables of compute.

create table notices (
    id            uuid primary key,
    tenant_id     uuid        not null references tenants,
    user_id       uuid        not null references users,
    type          text        not null, -- as in task.succeeded
    data          jsonb       not null,
    at            timestamptz not null,
    read_at       timestamptz,
    mail_due_at   timestamptz, -- when it is sent or tried again; null: there is nothing to send, or no longer
    mail_attempts int         not null default 0
);

create index notices_user on notices (tenant_id, user_id, id);
create index notices_unread on notices (tenant_id, user_id) where read_at is null;
create index notices_mail on notices (mail_due_at) where mail_due_at is not null;
create index notices_at on notices (at);

call temper_isolate_compute('notices');

-- Which of them a person wants by mail; without a row the platform's own choice.
create table notice_choices (
    user_id uuid primary key references users on delete cascade,
    mail    text[] not null
);

create table webhooks (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    url        text        not null check (length(url) <= 500),
    events     text[]      not null check (cardinality(events) > 0),
    active     boolean     not null default true,
    secret     bytea       not null, -- AES-256-GCM
    created_by uuid references users,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version    bigint      not null default 0
);

create index webhooks_tenant on webhooks (tenant_id, id);

call temper_isolate_compute('webhooks');

create table webhook_deliveries (
    id         uuid primary key, -- by which a receiver knows one that comes twice
    tenant_id  uuid        not null references tenants,
    webhook_id uuid        not null references webhooks on delete cascade,
    type       text        not null,
    body       text        not null, -- the very bytes that are signed
    state      text        not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts   int         not null default 0, -- since it was last asked for
    tries      jsonb       not null default '[]', -- all there were: when, how long, and what came of it
    due_at     timestamptz not null,
    created_at timestamptz not null
);

create index webhook_deliveries_due on webhook_deliveries (webhook_id, due_at) where state = 'PENDING';
create index webhook_deliveries_webhook on webhook_deliveries (webhook_id, id);
create index webhook_deliveries_created on webhook_deliveries (created_at);

call temper_isolate_compute('webhook_deliveries');

-- For the bell at the top of open pages.
create function temper_tell_of_notices() returns trigger language plpgsql
as $$
begin
    insert into live_facts (tenant_id, topic, fact)
    select distinct tenant_id, 'notice.' || user_id, '{"type": "notice.changed"}'::jsonb from changed;
    perform pg_notify('temper_live', '') where exists (select from changed);
    return null;
end
$$;

create trigger tell after insert on notices
    referencing new table as changed for each statement execute function temper_tell_of_notices();
