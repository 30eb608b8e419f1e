-- Files of all formats: the upload is kept as it came, its text is there once it has been read.
-- While one file replaces another a document has both.
create table document_files (
  document_id  uuid not null references documents on delete cascade,
  content_hash bytea not null,
  tenant       text not null,
  bytes        bytea not null,
  primary key (document_id, content_hash)
);

-- Files on their way to being searchable, at most one of a document; the row goes when its passages are there. A document whose
-- file is replaced stays as it was until then, and also when the new file fails, whose row says why.
create table ingestions (
  document_id  uuid primary key references documents on delete cascade,
  tenant       text not null,
  content_hash bytea not null,
  file_name    text not null,
  media_type   text not null,
  stage        text not null default 'waiting' check (stage in ('waiting', 'reading', 'indexing', 'failed')),
  part         text,
  page         integer,
  pages        integer,
  outcome      text,
  reason       text
);

alter table documents
  add column media_type  text not null default 'text/plain',
  add column own_title   boolean not null default true,
  add column pages       integer,
  add column unread      jsonb not null default '[]';
alter table documents alter column media_type drop default, alter column own_title drop default;
alter table chunks add column page integer;

-- The same content may be private and the tenant's at once: these are two documents with different readers.
alter table documents drop constraint documents_tenant_owner_content_hash_key;
alter table documents add constraint documents_once_per_scope unique (tenant, owner, visibility, content_hash);

-- Documents of before are their own files. The owner of the table sees its rows only while row-level security is not forced on it.
alter table documents no force row level security;
insert into document_files (document_id, content_hash, tenant, bytes) select id, content_hash, tenant, convert_to(content, 'UTF8') from documents;
insert into ingestions (document_id, tenant, content_hash, file_name, media_type)
  select id, tenant, content_hash, file_name, media_type from documents where status = 'processing';
alter table documents force row level security;

alter table document_files enable row level security;
alter table document_files force row level security;
create policy access on document_files
  using (tenant = current_setting('app.tenant', true) and exists (select from documents where documents.id = document_id))
  with check (tenant = current_setting('app.tenant', true));

alter table ingestions enable row level security;
alter table ingestions force row level security;
create policy access on ingestions
  using (tenant = current_setting('app.tenant', true) and exists (select from documents where documents.id = document_id))
  with check (tenant = current_setting('app.tenant', true));
