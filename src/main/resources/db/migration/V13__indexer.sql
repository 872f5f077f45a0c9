-- Tasks are indexed behind the recorders, by one indexer at a time: what is stored waits for no index, and a task that
-- moves on several times within a moment is indexed once.

-- tasks whose terms may have changed; the same one may stand in it more than once
create table task_changed (task_id uuid not null)
    with (autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_scale_factor = 0);

comment on table task_changed is 'read-only: written by triggers, and by index_changed';

create function tasks_changed() returns trigger language plpgsql security definer as $$
begin
    insert into task_changed select id from changed;
    return null;
end $$;

create trigger tasks_inserted after insert on task
    referencing new table as changed for each statement execute function tasks_changed();
create trigger tasks_updated after update on task
    referencing new table as changed for each statement execute function tasks_changed();

drop trigger task_labelled on task;
drop function task_labelled;

-- What is searched of a task: its drafts and critiques, in order, up to 20,000 characters. As a table, which becomes part of
-- the statement that names it; the function that it replaces was planned anew for each task.
create function searched(task uuid, tenant text, created timestamptz) returns table (text text)
    language sql stable as $$
    select left(string_agg(left(coalesce(s.output, s.response), 20000), E'\n' order by s.number), 20000)
    from step s
    where s.task_id = searched.task and s.tenant = searched.tenant and s.created_at = searched.created
        and s.kind in ('generate', 'correct', 'reflect')
$$;

drop function searched_text(task);

-- Each task's terms as they follow from its rows now.
create function index_tasks(ids uuid[]) returns void language plpgsql security definer as $$
begin
    delete from task_search s where s.task_id = any (ids) and not exists (select from task t where t.id = s.task_id);
    insert into task_search (task_id, created_at, facets, document)
        select t.id, t.created_at, task_facets(t), to_tsvector(search_config(), coalesce(x.text, ''))
        -- one look-up each, whatever the planner thinks of the tables meanwhile
        from unnest(ids) as wanted cross join lateral (select * from task where id = wanted offset 0) as t
        cross join lateral searched(t.id, t.tenant, t.created_at) as x
    on conflict (task_id) do update set facets = excluded.facets, document = excluded.document
        where task_search.facets <> excluded.facets or task_search.document <> excluded.document;
end $$;

create or replace function index_again(task uuid) returns void language sql security definer as $$
    select index_tasks(array[task]);
$$;

drop function index_tasks(uuid[], text[]);

-- Takes so many changes and brings the index up to date; returns how many there were, 0 while another is at it. What
-- the index can't hold is left out with a warning, as it would be in the way of all that come after it.
create function index_changed(most integer) returns integer language plpgsql security definer as $$
declare
    ids uuid[];
    one uuid;
    taken integer;
begin
    if not pg_try_advisory_xact_lock(hashtext('index_changed')) then
        return 0;
    end if;
    with gone as (
        delete from task_changed where ctid = any (array(select ctid from task_changed limit most)) returning task_id)
    select count(*), array_agg(distinct task_id order by task_id) into taken, ids from gone;
    if taken = 0 then
        return 0;
    end if;
    begin
        perform index_tasks(ids);
    exception when program_limit_exceeded or data_exception then
        foreach one in array ids loop
            begin
                perform index_tasks(array[one]);
            exception when program_limit_exceeded or data_exception then
                raise warning 'task % can not be searched for: %', one, sqlerrm;
            end;
        end loop;
    end;
    -- else searches go through what is pending, and at some time one insert moves it all, with little memory
    perform gin_clean_pending_list('task_search_terms');
    return taken;
end $$;

alter index task_search_terms set (gin_pending_list_limit = 16384);

-- What is erased or deleted is gone at once; but an indexer that had just read it may put it back, so that looks again.
create or replace function step_erased() returns trigger language plpgsql security definer as $$
begin
    perform index_tasks(array(select distinct task_id from changed order by task_id));
    insert into task_changed select distinct task_id from changed;
    return null;
end $$;

create or replace function task_deleted() returns trigger language plpgsql security definer as $$
begin
    delete from task_search s using gone where s.task_id = gone.id;
    insert into task_changed select id from gone;
    return null;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['tasks_changed', 'index_tasks', 'index_again', 'index_changed', 'step_erased',
            'task_deleted'] loop
        execute format('alter function %I set search_path = %I, pg_temp', name, current_schema());
    end loop;
    foreach name in array array['index_tasks', 'index_again', 'step_erased', 'task_deleted'] loop
        execute format('alter function %I set enable_seqscan = off', name);
    end loop;
end $$;
