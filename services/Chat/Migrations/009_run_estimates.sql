-- What a run is expected to use, for budgets; of whichever process does it.
alter table open_runs
  add column prompt_estimate     bigint not null default 0,
  add column completion_estimate bigint not null default 0;
