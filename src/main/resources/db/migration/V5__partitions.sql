-- Steps by tenant, then by their task's creation, so that what is too old goes by whole partitions. Both columns are the
-- same in all rows of a task. Partitions of months, weeks or days are made ahead by the services; what fits none of
-- them lies in the last one, "rest": nothing is ever refused.
alter table step rename to step_v1;
alter index step_pkey rename to step_v1_pkey;

create table step (
    task_id     uuid not null,
    number      integer not null,
    tenant      text not null,
    created_at  timestamptz not null,
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
    primary key (task_id, number, created_at, tenant)
) partition by list (tenant);

comment on table step is 'append-only: services insert and select';

-- of all tenants without partitions of their own
create table step_others partition of step default partition by range (created_at);
create table step_others_rest partition of step_others default;

-- of the last ten years where there are steps, and up to the next month
do $$
declare
    month timestamp := date_trunc('month', greatest(
        coalesce((select min(created_at) from task), now()), now() - interval '10 years') at time zone 'UTC');
begin
    while month <= now() at time zone 'UTC' + interval '1 month' loop
        execute format('create table %I partition of step_others for values from (%L) to (%L)',
            'step_others_' || to_char(month, 'YYYYMMDD'), month || '+00', month + interval '1 month' || '+00');
        month := month + interval '1 month';
    end loop;
end $$;

insert into step (task_id, number, tenant, created_at, kind, round, model, provider, parameters, prompt_id, tokens_in,
        tokens_out, cost, accepted, score, started_at, duration_ms, attempt, worker, prompt, response, thinking, output,
        findings, text_hashes, previous, hash)
    select s.task_id, s.number, coalesce(t.tenant, 'default'), coalesce(t.created_at, s.started_at), s.kind, s.round,
        s.model, s.provider, s.parameters, s.prompt_id, s.tokens_in, s.tokens_out, s.cost, s.accepted, s.score,
        s.started_at, s.duration_ms, s.attempt, s.worker, s.prompt, s.response, s.thinking, s.output, s.findings,
        s.text_hashes, s.previous, s.hash
    from step_v1 s left join task t on t.id = s.task_id;

drop table step_v1;
