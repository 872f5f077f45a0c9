-- States too large for a message, which has their id. Gone once their task has ended, or by age.
create table claim (
    id          uuid primary key,
    task_id     uuid not null,
    bytes       bytea not null,
    created_at  timestamptz not null default now()
);

create index claim_by_task on claim (task_id);
create index claim_by_time on claim (created_at);
