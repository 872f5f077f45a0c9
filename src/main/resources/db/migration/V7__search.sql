-- What lists, searches and figures go by. As all of a task's row, it follows from the steps.
alter table task add column models text[] not null default '{}';
-- the last that critics gave
alter table task add column score double precision;
-- what became of its drafts, in order: d a first draft, c a correction, r and w what verifiers found, right or wrong,
-- f and a round the one whose draft is the answer
alter table task add column verdicts text not null default '';

-- A page without filters goes by this order, and so does each of a tenant's.
drop index task_by_time;
create index task_by_time on task (created_at desc, id desc);
create index task_by_tenant on task (tenant, created_at desc, id desc);

-- The language of texts, for whoever wants another: replace this, then select index_again(id) from task.
create function search_config() returns regconfig language sql stable as $$ select 'simple'::regconfig $$;

-- One row a task. Everything that is searched for is a term of one index: words, what a filter names, and the times at
-- which tasks began, from minutes to decades. So any mix of them is an intersection of lists within a stretch of time,
-- and the newest are found without a look at the others. It is written and read by the functions below alone, whose
-- owner sees all tenants' rows; whoever reads joins it with the rows of tasks that he may see.
create table task_search (
    task_id     uuid primary key,
    created_at  timestamptz not null,
    facets      text[] not null,
    document    tsvector not null
) with (toast_tuple_target = 128);

comment on table task_search is 'read-only: written by index_tasks and index_again';

-- they would cost each search more than they tell
alter table task_search alter column facets set statistics 0;
alter table task_search alter column document set statistics 0;
create index task_search_terms on task_search using gin (facets, document) with (gin_pending_list_limit = 1024);

-- The stretches of time that an instant lies in: of 1, 16, 256, … minutes, each named by its length and its number.
create function time_facets(at timestamptz) returns text[] language sql immutable as $$
    select array['0.' || m, '1.' || (m >> 4), '2.' || (m >> 8), '3.' || (m >> 12), '4.' || (m >> 16), '5.' || (m >> 20),
        '6.' || (m >> 24)]
    from floor(extract(epoch from at) / 60) as minutes, cast(minutes as bigint) as m
$$;

create function task_facets(t task) returns text[] language sql stable as $$
    select time_facets(t.created_at)
        || array['tenant=' || t.tenant, 'agent=' || t.agent, 'version=' || t.agent_version,
            'stop=' || coalesce(t.stop_reason, ''), 'rounds=' || least(t.rounds, 20),
            'cost=' || case when t.cost > 0 then floor(ln(greatest(t.cost::float8, 1e-9)) / ln(2::float8))::text else '' end]
        || case when t.accepted is null then '{}' else array['accepted=' || t.accepted] end
        || case when t.score is null then '{}' else array['score=' || floor(t.score * 20)] end
        || array(select 'model=' || model from unnest(t.models) as model)
$$;

-- Adds texts of tasks, and brings up to date what filters go by.
create function index_tasks(ids uuid[], texts text[]) returns void language sql security definer as $$
    insert into task_search (task_id, created_at, facets, document)
        select t.id, t.created_at, task_facets(t), to_tsvector(search_config(), x.text)
        from unnest(ids, texts) as x (id, text) join task t on t.id = x.id
    on conflict (task_id) do update set facets = excluded.facets, document =
        case when length(task_search.document) > 5000 then task_search.document
            else task_search.document || excluded.document end
$$;

-- What is searched of a task: its drafts and critiques, in order, up to 20,000 characters.
create function searched_text(t task) returns text language sql stable as $$
    select left(string_agg(left(coalesce(s.output, s.response), 20000), E'\n' order by s.number), 20000)
    from step s
    where s.task_id = t.id and s.tenant = t.tenant and s.created_at = t.created_at
        and s.kind in ('generate', 'correct', 'reflect')
$$;

create function index_again(task uuid) returns void language sql security definer as $$
    delete from task_search where task_id = task;
    select index_tasks(array[t.id], array[coalesce(searched_text(t), '')]) from task t where t.id = index_again.task;
$$;

-- texts are only ever changed by being erased; then their words go, too
create function step_erased() returns trigger language plpgsql security definer as $$
begin
    perform index_again(c.task_id) from (select distinct task_id from changed) as c;
    return null;
end $$;

create trigger step_erased after update on step
    referencing new table as changed for each statement execute function step_erased();

create function task_deleted() returns trigger language plpgsql security definer as $$
begin
    delete from task_search s using gone where s.task_id = gone.id;
    return null;
end $$;

create trigger task_deleted after delete on task
    referencing old table as gone for each statement execute function task_deleted();

-- Tasks with all of these terms, the newest first. Where more than enough have them, it says so by one row of nulls.
--
-- every: facets that they have all of; times, rounds, scores, costs: of each of these lists one; null asks for nothing
-- query: words; before, id: where the page before ended; most, enough: null for no limit
create function search_tasks(every text[], times text[], rounds text[], scores text[], costs text[], query tsquery,
        since timestamptz, until timestamptz, before timestamptz, id uuid, most integer, enough integer)
    returns table (task_id uuid, created_at timestamptz) language plpgsql stable security definer as $$
declare
    wanted text := 'true'
        || case when every is null then '' else ' and s.facets @> $1' end
        || case when times is null then '' else ' and s.facets && $2' end
        || case when rounds is null then '' else ' and s.facets && $3' end
        || case when scores is null then '' else ' and s.facets && $4' end
        || case when costs is null then '' else ' and s.facets && $5' end
        || case when query is null then '' else ' and s.document @@ $6' end
        || case when since is null then '' else ' and s.created_at >= $7' end
        || case when until is null then '' else ' and s.created_at < $8' end
        || case when before is null then '' else ' and (s.created_at, s.task_id) < ($9, $10)' end;
    found integer;
begin
    if enough is not null then
        execute 'select count(*) from (select from task_search s where ' || wanted || ' limit $11) as hits' into found
            using every, times, rounds, scores, costs, query, since, until, before, id, enough + 1;
        if found > enough then
            return query select null::uuid, null::timestamptz;
            return;
        end if;
    end if;
    return query execute 'select s.task_id, s.created_at from task_search s where ' || wanted
        || ' order by s.created_at desc, s.task_id desc limit $11'
        using every, times, rounds, scores, costs, query, since, until, before, id, most;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['index_tasks', 'index_again', 'step_erased', 'task_deleted', 'search_tasks'] loop
        execute format('alter function %I set search_path = %I, pg_temp', name, current_schema());
        execute format('alter function %I set enable_seqscan = off', name);
    end loop;
end $$;

-- what was stored before; nothing ends by it, so nobody is told
alter table task disable trigger user;
update task t set
    models = coalesce((select array_agg(distinct s.model) from step s where s.task_id = t.id and s.model is not null), '{}'),
    score = (select s.score from step s where s.task_id = t.id and s.score is not null order by s.number desc limit 1),
    verdicts = coalesce((select string_agg(case s.kind when 'generate' then 'd' when 'correct' then 'c'
            when 'finish' then 'f' || s.round
            when 'verify' then case when s.findings not like '%"checks":[{%' then '' when s.accepted then 'r' else 'w' end
            else '' end, '' order by s.number) from step s where s.task_id = t.id), '');
alter table task enable trigger user;
select count(index_again(id)) from task;
