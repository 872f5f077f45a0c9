-- Who read which trace. Whose task it is, by the task where that is known, else by the reader.
create table trace_read (
    id          bigint generated always as identity primary key,
    at          timestamptz not null default now(),
    tenant      text not null,
    who         text not null,
    task_id     uuid,
    how         text not null,
    what        text not null
);

comment on table trace_read is 'append-only: services insert and select';
comment on column trace_read.how is 'page, api, outcome, events, export, search, mcp';

create index trace_read_by_time on trace_read (at desc, id desc);
create index trace_read_by_task on trace_read (task_id, at desc);

-- definitions are seen by those whose tasks ran on them
create index task_by_pin on task (agent_hash, tenant);
