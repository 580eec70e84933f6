-- Which kinds of runs a node's worker can do, as it says with each request for one. Null: it has not said yet.
alter table nodes add column run_kinds text[];

create trigger wake_scheduler_of_run_kinds after update on nodes
    for each row when (old.run_kinds is distinct from new.run_kinds) execute function temper_wake_scheduler();
