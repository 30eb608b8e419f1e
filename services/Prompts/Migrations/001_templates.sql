-- A template is its versions; this row names the current one and who may use it. Tenant '*' holds the platform's own.
create table templates (
  id            uuid primary key,
  tenant        text not null,
  owner         text not null,
  scope         text not null check (scope in ('private', 'tenant', 'platform')),
  name          text not null,
  version       integer not null,
  created_at    timestamptz not null default now(),
  deprecated_at timestamptz
);
create unique index templates_private_name on templates (tenant, owner, name) where scope = 'private' and deprecated_at is null;
create unique index templates_shared_name on templates (tenant, name) where scope <> 'private' and deprecated_at is null;

create table template_versions (
  template_id uuid not null references templates,
  version     integer not null,
  tenant      text not null,
  title       text not null,
  description text not null,
  language    text not null,
  category    text not null,
  tags        text[] not null,
  body        text not null,
  variables   jsonb not null,
  author      text not null,
  saved_at    timestamptz not null default now(),
  primary key (template_id, version)
);

-- What was once saved may be what an answer was made from: it stays as it was.
create function refuse_version_change() returns trigger language plpgsql as $$
begin
  raise exception 'template_versions is immutable: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on template_versions
  for each statement execute function refuse_version_change();

alter table templates enable row level security;
alter table templates force row level security;
create policy visible on templates for select
  using ((tenant = current_setting('app.tenant', true) and (scope = 'tenant' or owner = current_setting('app.user', true))) or tenant = '*');
create policy added on templates for insert
  with check (tenant = current_setting('app.tenant', true) and owner = current_setting('app.user', true));
create policy changed on templates for update
  using (tenant = current_setting('app.tenant', true) and (scope <> 'private' or owner = current_setting('app.user', true)))
  with check (tenant = current_setting('app.tenant', true));

alter table template_versions enable row level security;
alter table template_versions force row level security;
create policy visible on template_versions for select
  using (tenant in (current_setting('app.tenant', true), '*') and exists (select from templates where templates.id = template_id));
create policy added on template_versions for insert with check (tenant = current_setting('app.tenant', true));
