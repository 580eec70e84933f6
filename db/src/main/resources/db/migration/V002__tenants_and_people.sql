create table tenants (
    id         uuid primary key,
    slug       text        not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$'),
    name       text        not null check (length(name) between 1 and 100),
    status     text        not null check (status in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
    time_zone  text        not null,
    created_at timestamptz not null,
    version    bigint      not null
);

-- People are the platform's, not a tenant's: one person may belong to several.
create table users (
    id                   uuid primary key,
    email                text        not null check (length(email) between 3 and 254),
    display_name         text        not null check (length(display_name) between 1 and 100),
    password_hash        text, -- null: signs in by single sign-on only
    must_change_password boolean     not null,
    password_changed_at  timestamptz,
    totp_secret          bytea, -- AES-GCM under temper.security.secret
    totp_pending         bytea, -- offered, not yet confirmed by a code
    totp_last_step       bigint      not null default 0, -- a code is good once
    platform_admin       boolean     not null,
    disabled             boolean     not null,
    locale               text        not null check (locale in ('en', 'zh-CN')),
    theme                text        not null check (theme in ('AUTO', 'LIGHT', 'DARK')),
    time_zone            text        not null,
    last_login_at        timestamptz,
    created_at           timestamptz not null,
    version              bigint      not null
);

create unique index users_email on users (lower(email));

create table recovery_codes (
    user_id   uuid not null references users on delete cascade,
    code_hash text not null,
    primary key (user_id, code_hash)
);

-- Who somebody is at an identity provider; the first sign-in links by verified e-mail, later ones by this.
create table identities (
    issuer     text        not null,
    subject    text        not null,
    user_id    uuid        not null references users on delete cascade,
    created_at timestamptz not null,
    primary key (issuer, subject)
);

create index identities_user on identities (user_id);

create table memberships (
    id         uuid primary key,
    tenant_id  uuid        not null references tenants,
    user_id    uuid        not null references users,
    role       text        not null check (role in ('OWNER', 'ADMIN', 'MEMBER', 'ANNOTATOR', 'VIEWER')),
    created_at timestamptz not null,
    version    bigint      not null,
    unique (tenant_id, user_id)
);

create index memberships_user on memberships (user_id);

call temper_isolate('memberships');

-- A person sees their own memberships before a tenant is chosen.
create policy own on memberships for select using (user_id = temper_person());

create table invitations (
    id          uuid primary key,
    tenant_id   uuid        not null references tenants,
    email       text        not null check (length(email) between 3 and 254),
    role        text        not null check (role in ('OWNER', 'ADMIN', 'MEMBER', 'ANNOTATOR', 'VIEWER')),
    token_hash  text        not null unique, -- SHA-256, hex
    invited_by  uuid references users,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid references users,
    revoked_at  timestamptz,
    version     bigint      not null
);

-- One open invitation an address and tenant.
create unique index invitations_open on invitations (tenant_id, lower(email))
    where accepted_at is null and revoked_at is null;

call temper_isolate('invitations');

-- Whoever holds the token finds the invitation it belongs to.
create policy presented on invitations for select using (token_hash = temper_presented());
