-- Whether more than enough have all of the terms is told by the look that finds them, in place of one before it.
create or replace function search_tasks(every text[], times text[], rounds text[], scores text[], costs text[],
        query tsquery, since timestamptz, until timestamptz, before timestamptz, id uuid, most integer, enough integer)
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
begin
    return query execute 'with hit as materialized ('
        || 'select s.task_id, s.created_at from task_search s where ' || wanted || ' limit $12 + 1), '
        || 'too_many as materialized (select coalesce(count(*) > $12, false) as yes from hit) '
        || '(select h.task_id, h.created_at from hit h where not (select yes from too_many)'
        || ' order by h.created_at desc, h.task_id desc limit $11)'
        || ' union all select null, null from too_many where yes'
        using every, times, rounds, scores, costs, query, since, until, before, id, most, enough;
end $$;

do $$
begin
    execute format('alter function search_tasks set search_path = %I, pg_temp', current_schema());
    alter function search_tasks set enable_seqscan = off;
end $$;
