-- Who did what: rows are only ever added, and each carries the hash of the one before it in its chain. A tenant has a
-- chain of its own; what belongs to no tenant is in the platform's.
create table audit_events (
    id            uuid        primary key,
    tenant_id     uuid, -- null: the platform's chain. No foreign key: the log outlives what it speaks of
    seq           bigint      not null,
    at            timestamptz not null,
    actor_kind    text        not null,
    actor_id      uuid,
    actor_name    text        not null,
    action        text        not null,
    target_type   text        not null,
    target_id     text        not null,
    target_name   text        not null,
    request_id    text,
    address       text,
    before        json, -- json, not jsonb: the text is hashed as it was written
    after         json,
    previous_hash bytea       not null,
    hash          bytea       not null
);

create unique index audit_events_chain on audit_events (tenant_id, seq) nulls not distinct;
create index audit_events_target on audit_events (tenant_id, target_type, target_id, seq);
create index audit_events_actor on audit_events (tenant_id, actor_id, seq);

alter table audit_events enable row level security;
alter table audit_events force row level security;
create policy tenant on audit_events
    using (tenant_id is not distinct from temper_tenant())
    with check (tenant_id is not distinct from temper_tenant());

-- Where each chain ends, so that rows cut from its tail are missed. Holds nothing of a tenant but how much there is.
create table audit_chains (
    chain     uuid   primary key, -- the tenant's id, all zeros for the platform
    length    bigint not null,
    last_hash bytea  not null
);

-- A field is written as its length in bytes, a colon, the text and a semicolon; a null as "-;". So no two rows are
-- written alike, whatever their fields hold. ChainHash in platform-api does the same, and a test compares the two.
create function audit_field(value text) returns text language sql immutable parallel safe
as $$ select case when value is null then '-;' else octet_length(value) || ':' || value || ';' end $$;

create function audit_hash(event audit_events) returns bytea language sql stable
as $$
select sha256(convert_to(
    'temper-audit-1;'
    || audit_field(event.id::text)
    || audit_field(event.tenant_id::text)
    || audit_field(event.seq::text)
    || audit_field(((extract(epoch from event.at) * 1000000)::bigint)::text)
    || audit_field(event.actor_kind)
    || audit_field(event.actor_id::text)
    || audit_field(event.actor_name)
    || audit_field(event.action)
    || audit_field(event.target_type)
    || audit_field(event.target_id)
    || audit_field(event.target_name)
    || audit_field(event.request_id)
    || audit_field(event.address)
    || audit_field(event.before::text)
    || audit_field(event.after::text)
    || audit_field(encode(event.previous_hash, 'hex')), 'UTF8'))
$$;

-- Takes the next place in the chain and locks its end until the transaction is over, so that writers of one tenant come
-- one after the other. Runs as the owner: the application itself can neither choose a place nor move the end.
create function audit_append() returns trigger language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    of_chain uuid := coalesce(new.tenant_id, '00000000-0000-0000-0000-000000000000');
    tail     audit_chains;
begin
    select * into tail from audit_chains where chain = of_chain for update;
    if not found then
        insert into audit_chains values (of_chain, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
        select * into tail from audit_chains where chain = of_chain for update;
    end if;
    new.seq := tail.length + 1;
    new.previous_hash := tail.last_hash;
    new.hash := audit_hash(new);
    update audit_chains set length = new.seq, last_hash = new.hash where chain = of_chain;
    return new;
end
$$;

create trigger append before insert on audit_events for each row execute function audit_append();

-- Grants bind the application; this binds the owner too.
create function audit_refuse() returns trigger language plpgsql
as $$ begin raise exception '% is append-only', tg_table_name; end $$;

create trigger append_only before update or delete or truncate on audit_events
    for each statement execute function audit_refuse();
create trigger append_only before delete or truncate on audit_chains
    for each statement execute function audit_refuse();

create function audit_only_forward() returns trigger language plpgsql
as $$
begin
    if new.chain <> old.chain or new.length <> old.length + 1 then
        raise exception 'audit_chains only goes forward';
    end if;
    return new;
end
$$;

create trigger only_forward before update on audit_chains for each row execute function audit_only_forward();

revoke update, delete, truncate, references, trigger on audit_events from ${app_role};
revoke insert, update, delete, truncate, references, trigger on audit_chains from ${app_role};
