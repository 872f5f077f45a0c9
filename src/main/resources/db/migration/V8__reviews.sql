-- The newest word of people on a task, for lists and filters; how it came about is in the task's review steps.
alter table task add column if not exists label text;
alter table task add column assignee text;

create index task_by_assignee on task (assignee, created_at desc, id desc) where assignee is not null;

-- Tasks that wait for a person: in queues by rule, and, in "decisions", loops that go on only then.
create table review_queue (
    queue       text not null,
    task_id     uuid not null,
    tenant      text not null,
    since       timestamptz not null,
    -- of decisions: when the policy's default is applied, and the number that the decision has in the trace
    due         timestamptz,
    step        integer,
    -- who looks at it now, and until when it is nobody else's
    reviewer    text,
    leased_until timestamptz,
    primary key (queue, task_id)
);

create index review_queue_in_order on review_queue (queue, coalesce(due, 'infinity'), since, task_id);
create index review_queue_by_task on review_queue (task_id);
