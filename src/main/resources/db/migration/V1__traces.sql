-- The definitions that tasks are pinned to, by the SHA-256 of their content.
create table agent (
    hash        text primary key,
    name        text not null,
    version     text not null,
    content     text not null
);

-- One row a task: what lists and searches need. All of it follows from the task's steps.
create table task (
    id          uuid primary key,
    tenant      text not null,
    agent       text not null,
    agent_version text not null,
    agent_hash  text not null,
    created_at  timestamptz not null,
    deadline    timestamptz,
    steps       integer not null,
    rounds      integer not null,
    calls       integer not null,
    tokens_in   bigint not null,
    tokens_out  bigint not null,
    cost        numeric not null,
    stop_reason text,
    accepted    boolean,
    finished_at timestamptz,
    head        text not null
);

create index task_by_time on task (created_at desc, id);
create index task_unfinished on task (created_at) where stop_reason is null;

-- One row a step, append-only. The texts may be erased, their hashes never.
create table step (
    task_id     uuid not null,
    number      integer not null,
    kind        text not null,
    round       integer not null,
    model       text,
    provider    text,
    parameters  jsonb,
    prompt_id   text,
    tokens_in   bigint,
    tokens_out  bigint,
    cost        numeric,
    accepted    boolean,
    score       double precision,
    started_at  timestamptz not null,
    duration_ms bigint not null,
    attempt     integer not null,
    worker      text not null,
    prompt      text,
    response    text,
    thinking    text,
    output      text,
    findings    text,
    text_hashes jsonb not null,
    previous    text not null,
    hash        text not null,
    primary key (task_id, number)
);
