-- Conversations belong to one person: row-level security knows the tenant and the user.
create table conversations (
  id          uuid primary key,
  tenant      text not null,
  user_id     text not null,
  title       text not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index conversations_recent on conversations (tenant, user_id, updated_at desc, id desc);

create table answers (
  id                uuid primary key,
  tenant            text not null,
  user_id           text not null,
  conversation_id   uuid references conversations (id) on delete set null,
  status            text not null check (status in ('running', 'completed', 'stopped', 'failed', 'interrupted')),
  requested_model   text not null,
  model             text not null,
  purpose           text not null,
  text              text not null default '',
  citations         jsonb not null default '[]',
  finish_reason     text,
  prompt_tokens     int not null default 0,
  completion_tokens int not null default 0,
  idempotency_key   text,
  request_hash      text not null,
  created_at        timestamptz not null default now(),
  finished_at       timestamptz,
  unique (tenant, user_id, idempotency_key)
);

create table messages (
  id              uuid primary key,
  tenant          text not null,
  user_id         text not null,
  conversation_id uuid not null references conversations (id) on delete cascade,
  role            text not null check (role in ('user', 'assistant')),
  content         text not null,
  answer_id       uuid references answers (id) on delete set null,
  created_at      timestamptz not null default now()
);
create index messages_of_conversation on messages (conversation_id, id);

alter table conversations enable row level security;
alter table conversations force row level security;
alter table answers enable row level security;
alter table answers force row level security;
alter table messages enable row level security;
alter table messages force row level security;
create policy own on conversations
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true));
create policy own on answers
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true));
create policy own on messages
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true));

-- Which process writes which answer. No content and of no tenant, so that any instance can find what a dead one left.
create table instances (
  id          uuid primary key,
  lease_until timestamptz not null
);
create table running_answers (
  answer_id   uuid primary key,
  tenant      text not null,
  user_id     text not null,
  instance_id uuid not null references instances (id)
);
