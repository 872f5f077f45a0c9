-- Reviewers' labels are searched for as everything else.

create or replace function task_facets(t task) returns text[] language sql stable as $$
    select time_facets(t.created_at)
        || array['tenant=' || t.tenant, 'agent=' || t.agent, 'version=' || t.agent_version,
            'stop=' || coalesce(t.stop_reason, ''), 'rounds=' || least(t.rounds, 20),
            'cost=' || case when t.cost > 0 then floor(ln(greatest(t.cost::float8, 1e-9)) / ln(2::float8))::text else '' end]
        || case when t.accepted is null then '{}' else array['accepted=' || t.accepted] end
        || case when t.score is null then '{}' else array['score=' || floor(t.score * 20)] end
        || case when t.label is null then '{}' else array['label=' || t.label] end
        || array(select 'model=' || model from unnest(t.models) as model)
$$;

create function task_labelled() returns trigger language plpgsql security definer as $$
begin
    perform index_tasks(array[new.id], array['']);
    return null;
end $$;

create trigger task_labelled after update of label on task
    for each row when (old.label is distinct from new.label) execute function task_labelled();

do $$
begin
    execute format('alter function task_labelled set search_path = %I, pg_temp', current_schema());
end $$;

select count(index_again(id)) from task where label is not null;
