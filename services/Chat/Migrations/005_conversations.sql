-- Conversations in order: folders, branches, documents that go with them, ratings of their answers, and what is shown to others.

create table folders (
  id         uuid primary key,
  tenant     text not null,
  user_id    text not null,
  name       text not null,
  created_at timestamptz not null default now(),
  unique (tenant, user_id, id)
);
create unique index folders_by_name on folders (tenant, user_id, lower(name));

-- Messages form a tree: an edited question stands beside the one before, a second answer beside the first. Words are what a search finds;
-- the limit keeps any text below the size of PostgreSQL's tsvector.
alter table messages
  add column parent_id uuid,
  add column words tsvector generated always as (to_tsvector('german', left(content, 100000))) stored,
  add unique (conversation_id, id),
  add foreign key (conversation_id, parent_id) references messages (conversation_id, id);
drop index messages_of_conversation;
create index messages_below on messages (conversation_id, parent_id);
-- Row-level security goes before what is sought, so that a search reads one person's messages, and reads them all.
create index messages_of_user on messages (tenant, user_id, created_at desc, id desc);

alter table conversations
  add column folder_id uuid,
  add column pinned_at timestamptz,
  add column archived_at timestamptz,
  -- The end of the branch that is open.
  add column leaf_id uuid,
  add column document_ids uuid[] not null default '{}' check (cardinality(document_ids) <= 100),
  add column words tsvector generated always as (to_tsvector('german', title)) stored,
  -- With tenant and person, so that nobody's conversation lies in somebody else's folder.
  add foreign key (tenant, user_id, folder_id) references folders (tenant, user_id, id) on delete set null (folder_id),
  add foreign key (id, leaf_id) references messages (conversation_id, id) on delete set null (leaf_id);

-- The message that the answer stands below; known before the answer has a message of its own.
alter table answers add column parent_id uuid;
create index answers_of_conversation on answers (conversation_id) where conversation_id is not null;

-- What is there becomes one branch per conversation.
alter table messages no force row level security;
alter table conversations no force row level security;
alter table answers no force row level security;
update messages set parent_id = before.id
  from (select id as message, lag(id) over (partition by conversation_id order by id) as id from messages) as before
  where before.message = messages.id and before.id is not null;
update conversations set leaf_id = (select id from messages where conversation_id = conversations.id order by id desc limit 1);
update answers set parent_id = messages.parent_id from messages where messages.answer_id = answers.id;
alter table messages force row level security;
alter table conversations force row level security;
alter table answers force row level security;

create table ratings (
  answer_id uuid primary key references answers (id) on delete cascade,
  tenant    text not null,
  user_id   text not null,
  verdict   text not null check (verdict in ('up', 'down')),
  reason    text check (reason in ('wrong', 'incomplete', 'source', 'tone', 'other')),
  comment   text not null default '' check (length(comment) <= 2000),
  rated_at  timestamptz not null default now()
);

-- A copy of a branch for colleagues. Only the hash of the link's secret part is kept: who reads this table opens nothing.
create table shares (
  id              uuid primary key,
  tenant          text not null,
  user_id         text not null,
  conversation_id uuid not null references conversations (id) on delete cascade,
  token_hash      text not null unique,
  shared_by       text not null,
  title           text not null,
  messages        jsonb not null,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null
);
create index shares_of_conversation on shares (conversation_id, id);

alter table folders enable row level security;
alter table folders force row level security;
alter table ratings enable row level security;
alter table ratings force row level security;
alter table shares enable row level security;
alter table shares force row level security;
create policy own on folders
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true));
-- Foreign keys see past row-level security; the question in the check does not.
create policy own on ratings
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true)
    and exists (select from answers where answers.id = answer_id));
create policy own on shares
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true)
    and exists (select from conversations where conversations.id = conversation_id));
-- Others of the tenant see the one whose secret they name, until it expires.
create policy shown on shares for select
  using (tenant = current_setting('app.tenant', true) and token_hash = current_setting('app.share', true) and expires_at > now());
