-- Spring Session's own tables; their names and columns are the library's.
create table spring_session (
    primary_id            char(36) primary key,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);

create unique index spring_session_id on spring_session (session_id);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);

-- Failed sign-ins by account ("account:" and the SHA-256 of the address, known or not) and by network address.
create table login_failures (
    subject       text primary key,
    failures      int         not null,
    first_at      timestamptz not null,
    blocked_until timestamptz
);

create index login_failures_age on login_failures (first_at);
