#!/bin/bash
# Run once by an empty PostgreSQL: a role that migrates, and one that serves and can't see past a tenant.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    -v owner="$TEMPER_DATABASE_OWNERPASSWORD" -v app="$TEMPER_DATABASE_PASSWORD" <<'SQL'
create role temper_owner login password :'owner';
create role temper_app login nosuperuser nobypassrls password :'app';
create database temper owner temper_owner;
revoke all on database temper from public;
grant connect, temporary on database temper to temper_app;
SQL
