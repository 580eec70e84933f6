-- Where the content of this database lies: a mark of this name lies there too, so that a replica that looks elsewhere notices.

create table blob_home (
    only_one boolean primary key default true check (only_one),
    id       uuid not null
);
