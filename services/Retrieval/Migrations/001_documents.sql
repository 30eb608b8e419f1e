-- Uploaded documents. Positions in chunks and requests count UTF-16 code units of content.
create table documents (
  id           uuid primary key,
  tenant       text not null,
  owner        text not null,
  visibility   text not null check (visibility in ('private', 'tenant')),
  title        text not null,
  file_name    text not null,
  content      text not null,
  content_hash bytea not null,
  characters   integer not null,
  status       text not null default 'processing' check (status in ('processing', 'ready', 'failed')),
  reason       text,
  chunks       integer not null default 0,
  created_at   timestamptz not null default now(),
  unique (tenant, owner, content_hash)
);
create index documents_newest on documents (tenant, id desc);

create table chunks (
  document_id  uuid not null references documents on delete cascade,
  ordinal      integer not null,
  tenant       text not null,
  heading_path text[] not null,
  text         text not null,
  span_start   integer not null,
  span_end     integer not null,
  primary key (document_id, ordinal)
);

-- What the in-memory indexes have to catch up with. A tenant's version is a row that its writers lock until they commit, so
-- versions become visible in order; a sequence would hand out numbers that commit out of order, and a reader would miss some.
create table index_versions (
  tenant  text primary key,
  version bigint not null
);
create table document_changes (
  document_id uuid primary key,
  tenant      text not null,
  version     bigint not null
);
create index document_changes_since on document_changes (tenant, version);

create function note_document_change() returns trigger language plpgsql as $$
declare
  changed documents := coalesce(new, old);
  next    bigint;
begin
  insert into index_versions as v (tenant, version) values (changed.tenant, 1)
    on conflict (tenant) do update set version = v.version + 1 returning v.version into next;
  insert into document_changes (document_id, tenant, version) values (changed.id, changed.tenant, next)
    on conflict (document_id) do update set version = excluded.version;
  return null;
end $$;
create trigger document_changed after update on documents for each row
  when (old.status = 'ready' or new.status = 'ready') execute function note_document_change();
create trigger document_deleted after delete on documents for each row
  when (old.status = 'ready') execute function note_document_change();

-- A private document is its owner's, also below the code. Only the index builder (app.scope = 'index') reads all of a tenant's.
alter table documents enable row level security;
alter table documents force row level security;
create policy access on documents
  using (tenant = current_setting('app.tenant', true)
    and (visibility = 'tenant' or owner = current_setting('app.user', true) or current_setting('app.scope', true) = 'index'))
  with check (tenant = current_setting('app.tenant', true) and owner = current_setting('app.user', true));

alter table chunks enable row level security;
alter table chunks force row level security;
create policy access on chunks
  using (tenant = current_setting('app.tenant', true) and exists (select from documents where documents.id = document_id))
  with check (tenant = current_setting('app.tenant', true));

alter table index_versions enable row level security;
alter table index_versions force row level security;
create policy tenant on index_versions using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));

alter table document_changes enable row level security;
alter table document_changes force row level security;
create policy tenant on document_changes using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
