-- The numbers in a tenant's URLs (/t/acme/tasks/1042): counted per tenant and series, so they betray nobody's volume.
create table tenant_numbers (
    tenant_id uuid   not null references tenants,
    series    text   not null,
    last      bigint not null,
    primary key (tenant_id, series)
);

call temper_isolate('tenant_numbers');
