-- Which tasks go on from a task's trace: their first steps say so.
create index step_fork on step ((parameters ->> 'forkOf')) where number = 0 and parameters is not null;
