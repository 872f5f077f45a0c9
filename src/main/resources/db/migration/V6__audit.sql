-- The log of what traces came to: entries that only grow, and the hashes over them (RFC 9162). One recorder at a time
-- appends to it. Services insert and select.
create table audit_leaf (
    index       bigint primary key,
    task_id     uuid not null,
    entry       text not null,
    at          timestamptz not null default now()
);

create index audit_leaf_by_task on audit_leaf (task_id);

-- The roots of full subtrees with two leaves or more. They follow from the leaves, and spare reading all of them.
create table audit_node (
    level       integer not null,
    index       bigint not null,
    hash        bytea not null,
    primary key (level, index)
);

-- What was signed: the log's size and root, as a signed note (C2SP tlog-checkpoint).
create table audit_checkpoint (
    size        bigint primary key,
    note        text not null,
    at          timestamptz not null
);

-- What is to be logged: an ended task that something was stored of, or an erasure.
create table audit_waiting (
    id          bigint generated always as identity primary key,
    task_id     uuid not null,
    erasure     bigint,
    since       timestamptz not null default now()
);

-- Every erasure of texts. Only erase_texts writes it.
create table erasure (
    id          bigint generated always as identity primary key,
    task_id     uuid not null,
    at          timestamptz not null,
    by          text not null,
    reason      text not null,
    rule        boolean not null,
    texts       jsonb not null
);

create index erasure_by_task on erasure (task_id);

create function audit_ended() returns trigger language plpgsql as $$
begin
    insert into audit_waiting (task_id) select id from changed where stop_reason is not null;
    return null;
end $$;

create trigger task_audited_on_insert after insert on task
    referencing new table as changed for each statement execute function audit_ended();
create trigger task_audited_on_update after update on task
    referencing new table as changed for each statement execute function audit_ended();

insert into audit_waiting (task_id) select id from task where stop_reason is not null order by created_at;

-- Erases texts of an ended task, and says so: the only way in which steps are changed. It leaves their hashes.
--
-- wanted: the names of texts, or NUMBER:NAME for that of one step; null for all
-- returns the record's id; null where there was nothing to erase
create function erase_texts(task uuid, wanted text[], who text, why text, by_rule boolean) returns bigint
    language plpgsql security definer as $$
declare
    gone jsonb;
    written bigint;
begin
    if coalesce(who, '') = '' or coalesce(why, '') = '' then
        raise exception 'An erasure names who did it, and why' using errcode = '22023';
    end if;
    perform from task t where t.id = erase_texts.task and t.stop_reason is not null for update;
    if not found then
        raise exception 'Task % has not ended, or is not there', task using errcode = '55000';
    end if;
    perform from step s where s.task_id = erase_texts.task for update;
    select jsonb_agg(jsonb_build_object('step', s.number, 'name', n.name, 'sha256', s.text_hashes ->> n.name)
            order by s.number, n.name)
        into gone
        from step s, lateral (values ('prompt', s.prompt), ('response', s.response), ('thinking', s.thinking),
            ('output', s.output), ('findings', s.findings)) as n (name, text)
        where s.task_id = erase_texts.task and n.text is not null
            and (wanted is null or n.name = any (wanted) or s.number || ':' || n.name = any (wanted));
    if gone is null then
        return null;
    end if;
    update step s set
            prompt = case when gone @> jsonb_build_array(jsonb_build_object('step', s.number, 'name', 'prompt'))
                then null else s.prompt end,
            response = case when gone @> jsonb_build_array(jsonb_build_object('step', s.number, 'name', 'response'))
                then null else s.response end,
            thinking = case when gone @> jsonb_build_array(jsonb_build_object('step', s.number, 'name', 'thinking'))
                then null else s.thinking end,
            output = case when gone @> jsonb_build_array(jsonb_build_object('step', s.number, 'name', 'output'))
                then null else s.output end,
            findings = case when gone @> jsonb_build_array(jsonb_build_object('step', s.number, 'name', 'findings'))
                then null else s.findings end
        where s.task_id = erase_texts.task and gone @> jsonb_build_array(jsonb_build_object('step', s.number));
    insert into erasure (task_id, at, by, reason, rule, texts)
        values (task, date_trunc('milliseconds', now()), who, why, by_rule, gone) returning id into written;
    insert into audit_waiting (task_id, erasure) values (task, written);
    return written;
end $$;

comment on table audit_leaf is 'append-only: the log of what traces came to';
comment on table audit_node is 'append-only: hashes over the log';
comment on table audit_checkpoint is 'append-only: what was signed of the log';
comment on table erasure is 'read-only: erase_texts adds what it erased';

-- what it names is what is meant here, whatever tables a caller has made for itself
do $$
begin
    execute format('alter function erase_texts set search_path = %I, pg_temp', current_schema());
end $$;
