-- An import that comes to nothing leaves no empty dataset behind: it stays, with what it left out, and its dataset goes.

alter table dataset_imports alter column dataset_id drop not null;
alter table dataset_imports add column new_dataset boolean not null default false; -- the dataset was made for it

create index dataset_imports_queued on dataset_imports (tenant_id, id) where state = 'QUEUED';
