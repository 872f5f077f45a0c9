-- What retention dropped, so that an auditor can tell it from what was taken away otherwise. Only the owner adds to it.
create table retention_log (
    id          bigint generated always as identity primary key,
    dropped_at  timestamptz not null default now(),
    part        text not null,
    tenant      text,
    from_time   timestamptz,
    to_time     timestamptz not null,
    steps       bigint not null,
    kept        bigint not null
);

comment on table retention_log is 'read-only: the owner adds what retention dropped';
comment on column retention_log.part is 'the partition';
comment on column retention_log.tenant is 'null: of all without partitions of their own';
comment on column retention_log.from_time is 'of tasks created from then on, up to to_time; null: of any before';
comment on column retention_log.kept is 'steps of unfinished tasks, which were put elsewhere';
