-- Who may read what. A document names its readers, who asks has principals (ServiceDefaults/InternalIdentity/Principals.cs), and it is
-- readable where the two overlap. The readers stand with each document, so that one comparison answers, here and in the index in
-- memory; triggers keep them in step with where they come from.

-- Memberships in the groups of connected sources, which only the source knows: no token names them.
create table group_members (
  tenant    text not null,
  subject   text not null,
  principal text not null check (principal like 'group:%/%'),
  primary key (tenant, subject, principal)
);
alter table group_members enable row level security;
alter table group_members force row level security;
create policy tenant on group_members using (tenant = current_setting('app.tenant', true))
  with check (tenant = current_setting('app.tenant', true) and current_setting('app.scope', true) = 'service');

-- What the signed identity says of who asks; nothing where nobody asks.
create function signed_principals() returns text[] language sql stable
  return coalesce(nullif(current_setting('app.principals', true), '')::text[], '{}');

-- Those and the groups: everything by which somebody may read.
create function principals() returns text[] language sql stable
  return signed_principals() || array(
    select principal from group_members where tenant = current_setting('app.tenant', true) and subject = current_setting('app.user', true));

-- The service's own work within a tenant: indexing, ingestion, counting, passing on a change of readers.
create function is_service() returns boolean language sql stable
  return coalesce(current_setting('app.scope', true) = 'service', false);

-- Collections: 'user:<subject>', 'department:<id>' or 'tenant' owns one.
create table collections (
  id         uuid primary key,
  tenant     text not null,
  owner      text not null check (owner = 'tenant' or owner like 'user:_%' or owner like 'department:_%'),
  name       text not null,
  readers    text[] not null check (cardinality(readers) > 0),
  created_at timestamptz not null default now(),
  unique (tenant, id)
);
create index collections_newest on collections (tenant, id desc);

-- One's own; a department's or the tenant's with the role source-manager in it; a tenant-admin all that are nobody's own.
create function manages(owner text) returns boolean language sql stable
  return case when owner like 'user:%' then owner = any (signed_principals())
    else 'role:tenant-admin' = any (signed_principals()) or (owner = any (signed_principals()) and 'role:source-manager' = any (signed_principals())) end;

-- Who manages a collection sees that it is there and who reads it, not what is in it.
alter table collections enable row level security;
alter table collections force row level security;
create policy read on collections for select
  using (tenant = current_setting('app.tenant', true) and (readers && (select principals()) or manages(owner) or is_service()));
create policy add on collections for insert with check (tenant = current_setting('app.tenant', true) and manages(owner));
create policy change on collections for update
  using (tenant = current_setting('app.tenant', true) and (manages(owner) or is_service())) with check (tenant = current_setting('app.tenant', true) and manages(owner));
create policy remove on collections for delete using (tenant = current_setting('app.tenant', true) and manages(owner));

alter table documents
  add column collection_id uuid,
  -- The document's own access list, mirrored from where it comes from; it stands in place of the collection's.
  add column own_readers   text[],
  add column readers       text[],
  add foreign key (tenant, collection_id) references collections (tenant, id) on delete cascade,
  drop constraint documents_visibility_check,
  add check (visibility in ('private', 'tenant', 'collection')),
  add check ((visibility = 'collection') = (collection_id is not null)),
  drop constraint documents_once_per_scope;
create unique index documents_once_per_scope on documents
  (tenant, owner, visibility, coalesce(collection_id, '00000000-0000-0000-0000-000000000000'), content_hash);

drop trigger document_changed on documents;
drop trigger document_deleted on documents;
drop function note_document_change;
alter table documents no force row level security;
update documents set readers = case visibility when 'tenant' then '{tenant}' else array['user:' || owner] end;
alter table documents force row level security;
alter table documents alter column readers set not null;
create index documents_collection on documents (tenant, collection_id, id desc) where collection_id is not null;
-- For what a source asks about a group. Who lists documents goes by tenant and id: 20,000 rows are compared in 35 ms.
create index documents_readers on documents using gin (readers);

create function stamp_readers() returns trigger language plpgsql as $$
declare
  inherited text[];
begin
  -- Locked, so that a change of sharing at the same moment comes wholly before this document or after it.
  if new.collection_id is not null then
    select readers into inherited from collections where tenant = new.tenant and id = new.collection_id for share;
  end if;
  new.readers := coalesce(new.own_readers,
    case new.visibility when 'collection' then inherited when 'tenant' then '{tenant}' else array['user:' || new.owner] end);
  return new;
end $$;
create trigger stamp_readers before insert or update of own_readers, collection_id, visibility, owner on documents
  for each row execute function stamp_readers();

-- Who shares a collection need not read all that is in it, but all of it changes hands.
create function pass_on_readers() returns trigger language plpgsql as $$
declare
  earlier text := coalesce(current_setting('app.scope', true), '');
begin
  perform set_config('app.scope', 'service', true);
  update documents set readers = new.readers where tenant = new.tenant and collection_id = new.id and own_readers is null;
  perform set_config('app.scope', earlier, true);
  return null;
end $$;
create trigger pass_on_readers after update of readers on collections
  for each row when (old.readers is distinct from new.readers) execute function pass_on_readers();

-- A change counts up the tenant's version once for each document. Text_version is the last change of more than the readers: an index
-- that has the text as of then need not read it again.
alter table document_changes add column text_version bigint not null default 0;
alter table document_changes no force row level security;
update document_changes set text_version = version;
alter table document_changes force row level security;

create function note_changes(of_tenant text, ids uuid[], texts boolean[]) returns void language plpgsql as $$
declare
  many bigint := cardinality(ids);
  last bigint;
begin
  insert into index_versions as v (tenant, version) values (of_tenant, many)
    on conflict (tenant) do update set version = v.version + many returning version into last;
  insert into document_changes as c (document_id, tenant, version, text_version)
    select id, of_tenant, last - many + place, case when with_text then last - many + place else 0 end
    from unnest(ids, texts) with ordinality as changed (id, with_text, place)
    on conflict (document_id) do update set version = excluded.version, text_version = greatest(c.text_version, excluded.text_version);
end $$;

create function note_updates() returns trigger language plpgsql as $$
begin
  perform note_changes(tenant, array_agg(id), array_agg(with_text)) from (
    select n.tenant, n.id, (o.readers, o.collection_id) is not distinct from (n.readers, n.collection_id)
      or (o.status, o.title, o.chunks, o.content_hash) is distinct from (n.status, n.title, n.chunks, n.content_hash) as with_text
    from was o join became n on n.id = o.id where o.status = 'ready' or n.status = 'ready') as changed group by tenant;
  return null;
end $$;
create trigger documents_updated after update on documents referencing old table as was new table as became
  for each statement execute function note_updates();

create function note_deletions() returns trigger language plpgsql as $$
begin
  perform note_changes(tenant, array_agg(id), array_agg(true)) from was where status = 'ready' group by tenant;
  return null;
end $$;
create trigger documents_deleted after delete on documents referencing old table as was for each statement execute function note_deletions();

-- Passages and files follow the document (first and second migration).
create function may_place(visibility text, collection uuid) returns boolean language sql stable
  return case visibility
    when 'collection' then exists (select from collections where id = collection and manages(owner))
    when 'tenant' then signed_principals() && '{role:source-manager,role:tenant-admin}'
    else true end;

drop policy access on documents;
create policy read on documents for select
  using (tenant = current_setting('app.tenant', true) and (readers && (select principals()) or is_service()));
create policy add on documents for insert
  with check (tenant = current_setting('app.tenant', true) and (is_service() or (owner = current_setting('app.user', true) and may_place(visibility, collection_id))));
create policy change on documents for update
  using (tenant = current_setting('app.tenant', true) and (is_service() or (owner = current_setting('app.user', true) and readers && (select principals()))))
  with check (tenant = current_setting('app.tenant', true) and (is_service() or (owner = current_setting('app.user', true) and may_place(visibility, collection_id))));
-- What is in a collection is deleted by those who manage it; else by its owner, and what is the tenant's by a tenant-admin, too. That one
-- must be able to read it is said again here, as a statement that names no column is not held to the policy for reading.
create policy remove on documents for delete
  using (tenant = current_setting('app.tenant', true) and (is_service() or readers && (select principals()) and case visibility
    when 'collection' then may_place(visibility, collection_id)
    when 'tenant' then owner = current_setting('app.user', true) or 'role:tenant-admin' = any (signed_principals())
    else owner = current_setting('app.user', true) end));
