-- Assistants: what a question is put with. One's own, or shared with a department or the tenant.

-- What the signed identity says of who asks; nothing where nobody asks.
create function signed_principals() returns text[] language sql stable
  return coalesce(nullif(current_setting('app.principals', true), '')::text[], '{}');

-- The audience is the principal (ServiceDefaults/InternalIdentity/Principals.cs) that may use it.
create table assistants (
  id             uuid primary key,
  tenant         text not null,
  owner          text not null,
  audience       text not null check (audience = 'tenant' or audience = 'user:' || owner or audience like 'department:_%'),
  version        int not null default 1,
  name           text not null,
  description    text not null,
  instruction    text not null,
  function       text not null check (function in ('chat', 'summarise', 'research', 'draft', 'translate')),
  collection_ids uuid[] not null check (cardinality(collection_ids) <= 100),
  model          text,
  temperature    real,
  max_tokens     int,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
create index assistants_by_name on assistants (tenant, lower(name), id);

-- The tenant's by those in charge of prompts, a department's by its people, any shared one by a tenant-admin.
create function may_share(audience text) returns boolean language sql stable
  return case
    when audience like 'user:%' then audience = 'user:' || current_setting('app.user', true)
    when audience = 'tenant' then signed_principals() && '{role:prompt-editor,role:tenant-admin}'
    else audience = any (signed_principals()) or 'role:tenant-admin' = any (signed_principals()) end;

-- The tenant's belong to all who are in charge of them; a department's is changed by the one who made it, or by a tenant-admin.
create function may_change(owner text, audience text) returns boolean language sql stable
  return may_share(audience)
    and (owner = current_setting('app.user', true) or audience = 'tenant' or 'role:tenant-admin' = any (signed_principals()));

alter table assistants enable row level security;
alter table assistants force row level security;
create policy usable on assistants for select
  using (tenant = current_setting('app.tenant', true) and (audience = any (signed_principals())
    or (audience not like 'user:%' and 'role:tenant-admin' = any (signed_principals()))));
create policy added on assistants for insert
  with check (tenant = current_setting('app.tenant', true) and owner = current_setting('app.user', true) and may_share(audience));
create policy changed on assistants for update
  using (tenant = current_setting('app.tenant', true) and may_change(owner, audience))
  with check (tenant = current_setting('app.tenant', true) and may_change(owner, audience));
create policy removed on assistants for delete
  using (tenant = current_setting('app.tenant', true) and may_change(owner, audience));

-- The one that was asked last; it may be gone since.
alter table conversations add column assistant_id uuid;
