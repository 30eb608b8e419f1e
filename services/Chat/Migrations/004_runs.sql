-- Longer work of the staff's functions: summaries, research, drafts, translations. A run belongs to one person, as a conversation does.
create table runs (
  id                uuid primary key,
  tenant            text not null,
  user_id           text not null,
  api_key_id        uuid,
  function          text not null,
  title             text not null,
  model             text not null,
  input             jsonb not null,
  -- By which the run reads documents in its owner's name, for an hour; forgotten with its end.
  delegation        text,
  status            text not null default 'waiting' check (status in ('waiting', 'running', 'completed', 'stopped', 'failed')),
  phase             text,
  part              int,
  parts             int,
  -- What is written so far, then the result's text, which its owner may edit.
  text              text not null default '',
  result            jsonb,
  error             jsonb,
  prompt_tokens     int not null default 0,
  completion_tokens int not null default 0,
  -- Counts every change, so that a reader of its events need not read what it has.
  version           int not null default 1,
  confirmed_at      timestamptz,
  created_at        timestamptz not null default now(),
  finished_at       timestamptz
);
create index runs_recent on runs (tenant, user_id, id desc);

-- What a run has done once it need not do again, whichever process goes on with it.
create table run_steps (
  run_id  uuid not null references runs on delete cascade,
  key     text not null,
  tenant  text not null,
  user_id text not null,
  output  jsonb not null,
  primary key (run_id, key)
);

alter table runs enable row level security;
alter table runs force row level security;
alter table run_steps enable row level security;
alter table run_steps force row level security;
create policy own on runs
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true));
create policy own on run_steps
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true));

-- Which process does which run. No content and of no tenant, so that any instance finds what waits or what a dead one left.
create table open_runs (
  run_id         uuid primary key,
  tenant         text not null,
  user_id        text not null,
  instance_id    uuid,
  attempts       int not null default 0,
  stop_requested boolean not null default false,
  not_before     timestamptz not null default now()
);
