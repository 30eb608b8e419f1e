-- Connected sources: what a folder or a SharePoint site holds is mirrored into a collection.
create table sources (
  id            uuid primary key,
  tenant        text not null,
  collection_id uuid not null,
  kind          text not null check (kind in ('folder', 'sharepoint')),
  name          text not null,
  place         text not null,
  -- Where the next page of changes begins; null: at the beginning of everything.
  cursor        text,
  -- Counts the listings of everything; while one is under way, what it has not named by its end is gone.
  listing       bigint not null default 0,
  listing_all   boolean not null default false,
  state         text not null default 'waiting' check (state in ('waiting', 'syncing', 'synced', 'failed')),
  reason        text,
  synced_at     timestamptz,
  created_at    timestamptz not null default now(),
  foreign key (tenant, collection_id) references collections (tenant, id) on delete cascade
);
create index sources_newest on sources (tenant, id desc);

-- By this the replicas know whose turn it is. It belongs to no tenant, like the outbox, and holds ids only.
create table source_schedule (
  source_id uuid primary key references sources on delete cascade,
  tenant    text not null,
  due_at    timestamptz not null
);
create index source_schedule_due on source_schedule (due_at);

create table source_items (
  source_id       uuid not null references sources on delete cascade,
  item_id         text not null,
  tenant          text not null,
  parent_id       text,
  is_folder       boolean not null,
  name            text not null,
  web_address     text,
  media_type      text,
  size            bigint not null,
  -- As the source tells content from content: an item with the version that is here is not read again.
  version         text not null,
  readers         text[],
  -- Null: something above the item has changed, they are to be read at once.
  readers_read_at timestamptz,
  listing         bigint not null,
  document_id     uuid references documents on delete set null,
  -- Why it could not be mirrored, and when that is tried again; never where it would fail the same way.
  reason          text,
  attempts        integer not null default 0,
  retry_at        timestamptz,
  primary key (source_id, item_id)
);
create index source_items_parent on source_items (source_id, parent_id);
create index source_items_document on source_items (document_id);
create index source_items_readers on source_items (source_id, readers_read_at);
create index source_items_retry on source_items (source_id, retry_at) where retry_at is not null;

-- Who manages the collection manages its sources. What is in them is not for managers as such: only the service reads it as a whole.
alter table sources enable row level security;
alter table sources force row level security;
create policy manage on sources
  using (tenant = current_setting('app.tenant', true) and (is_service() or exists (select from collections where id = collection_id and manages(owner))))
  with check (tenant = current_setting('app.tenant', true) and (is_service() or exists (select from collections where id = collection_id and manages(owner))));
alter table source_items enable row level security;
alter table source_items force row level security;
create policy mirror on source_items
  using (tenant = current_setting('app.tenant', true) and is_service()) with check (tenant = current_setting('app.tenant', true) and is_service());

-- A source knows people by their address, not by the subject of a token: a member is a principal like any other.
alter table group_members rename column subject to member;
alter table group_members no force row level security;
update group_members set member = 'user:' || member;
alter table group_members force row level security;
create index group_members_principal on group_members (tenant, principal text_pattern_ops);
create or replace function principals() returns text[] language sql stable
  return signed_principals() || array(
    select principal from group_members where tenant = current_setting('app.tenant', true) and member = any (signed_principals()));

create function forget_groups() returns trigger language plpgsql as $$
begin
  delete from group_members where tenant = old.tenant and principal like 'group:' || old.id || '/%';
  return null;
end $$;
create trigger forget_groups after delete on sources for each row execute function forget_groups();
