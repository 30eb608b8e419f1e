-- Vectors of passages, by the model that made them: little-endian float32 of unit length. They go with their passages.
create table chunk_vectors (
  document_id uuid not null,
  ordinal     integer not null,
  model       text not null,
  tenant      text not null,
  vector      bytea not null,
  primary key (document_id, ordinal, model),
  foreign key (document_id, ordinal) references chunks on delete cascade
);
alter table chunk_vectors enable row level security;
alter table chunk_vectors force row level security;
create policy access on chunk_vectors
  using (tenant = current_setting('app.tenant', true) and exists (select from documents where documents.id = document_id))
  with check (tenant = current_setting('app.tenant', true));

-- Documents that got vectors, on the same count as document_changes: the texts need not be read again.
create table vector_changes (
  document_id uuid primary key references documents on delete cascade,
  tenant      text not null,
  version     bigint not null
);
create index vector_changes_since on vector_changes (tenant, version);
alter table vector_changes enable row level security;
alter table vector_changes force row level security;
create policy tenant on vector_changes using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));

-- Counts nothing where the document has gone meanwhile.
create function note_vectors(of_tenant text, document uuid) returns void language plpgsql as $$
declare
  next bigint;
begin
  if not exists (select from documents where id = document for key share) then
    return;
  end if;
  update index_versions set version = version + 1 where tenant = of_tenant returning version into next;
  insert into vector_changes (document_id, tenant, version) values (document, of_tenant, next)
    on conflict (document_id) do update set version = excluded.version;
end $$;
