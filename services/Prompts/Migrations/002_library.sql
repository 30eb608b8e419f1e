-- From a shelf of texts to a library: scopes from private to the whole platform, approval by a second person, search, ratings, packages.

-- Whom a transaction speaks for beside its user; a transaction that says nothing speaks for nobody.
create function principals() returns text[] language sql stable as $$
  select coalesce(nullif(current_setting('app.principals', true), '')::text[], '{}')
$$;

-- Who may decide whether something is published in a scope: the tenant's approvers; the Land's own, or operators; operators.
create function decides(scope text, tenant text, land text) returns boolean language sql stable as $$
  select case scope
    when 'tenant' then tenant = current_setting('app.tenant', true) and 'role:prompt-approver' = any (principals())
    when 'land' then 'role:operator' = any (principals())
      or (land = current_setting('app.tenant', true) and 'role:prompt-approver' = any (principals()))
    when 'all' then 'role:operator' = any (principals())
    else false
  end
$$;

alter table templates no force row level security;
alter table template_versions no force row level security;
drop policy visible on templates;
drop policy added on templates;
drop policy changed on templates;
drop policy visible on template_versions;
drop index templates_private_name;
drop index templates_shared_name;

-- The Land is the root of the tenant's tree. The published version is what those beside the owner and the editors see.
alter table templates drop constraint templates_scope_check;
alter table templates add column land text, add column published_version integer;
update templates set scope = 'all' where scope = 'platform';
update templates set published_version = version where scope <> 'private';
alter table templates add constraint templates_scope check (scope in ('private', 'tenant', 'land', 'all') or scope like 'department:_%');
create unique index templates_private_name on templates (tenant, owner, name) where scope = 'private' and deprecated_at is null;
create unique index templates_shared_name on templates (tenant, scope, name) where scope <> 'private' and deprecated_at is null;

alter table template_versions
  add column title_en text not null default '',
  add column description_en text not null default '',
  add column function text not null default 'chat' check (function in ('chat', 'summarise', 'research', 'draft', 'translate')),
  add column model_hints jsonb,
  add column examples jsonb not null default '[]';

-- A version waits for its second person; the four eyes are two people here already.
create table submissions (
  id             uuid primary key,
  template_id    uuid not null references templates,
  version        integer not null,
  tenant         text not null,
  land           text,
  scope          text not null check (scope in ('tenant', 'land', 'all')),
  owner          text not null,
  author         text not null,
  submitter      text not null,
  note           text not null default '',
  state          text not null default 'pending' check (state in ('pending', 'approved', 'rejected', 'withdrawn')),
  decider_tenant text,
  decider        text,
  reason         text not null default '',
  submitted_at   timestamptz not null default now(),
  decided_at     timestamptz,
  foreign key (template_id, version) references template_versions,
  constraint four_eyes check (state not in ('approved', 'rejected')
    or (decider is not null and (decider_tenant, decider) <> (tenant, submitter) and (decider_tenant, decider) <> (tenant, author))),
  constraint rejected_with_reason check (state <> 'rejected' or reason <> '')
);
create unique index submissions_pending on submissions (template_id) where state = 'pending';
create index submissions_tenant on submissions (tenant, id);

-- Which version was shown to whom: the only way for others to see one.
create table publications (
  template_id   uuid not null,
  version       integer not null,
  scope         text not null,
  tenant        text not null,
  land          text,
  submission_id uuid references submissions,
  published_at  timestamptz not null default now(),
  primary key (template_id, version, scope),
  foreign key (template_id, version) references template_versions
);
insert into publications (template_id, version, scope, tenant)
  select v.template_id, v.version, t.scope, t.tenant from template_versions v join templates t on t.id = v.template_id where t.scope <> 'private';

-- No subquery in this one's select policy: the others' policies look through it.
alter table submissions enable row level security;
alter table submissions force row level security;
create policy visible on submissions for select using (
  (tenant = current_setting('app.tenant', true)
    and (current_setting('app.user', true) in (submitter, owner) or 'role:prompt-editor' = any (principals())))
  or decides(scope, tenant, land));
create policy added on submissions for insert with check (
  tenant = current_setting('app.tenant', true) and submitter = current_setting('app.user', true) and state = 'pending'
  and exists (select from template_versions v where v.template_id = submissions.template_id and v.version = submissions.version and v.author = submissions.author));
create policy decided on submissions for update using (
  state = 'pending' and (decides(scope, tenant, land) or (tenant = current_setting('app.tenant', true) and submitter = current_setting('app.user', true))))
  with check (state = 'withdrawn' or (decides(scope, tenant, land)
    and decider_tenant = current_setting('app.tenant', true) and decider = current_setting('app.user', true)));

create policy visible on templates for select using (
  scope = 'all'
  or (scope = 'land' and land = nullif(current_setting('app.land', true), ''))
  or (tenant = current_setting('app.tenant', true)
    and (owner = current_setting('app.user', true) or scope = 'land' or scope = any (principals())))
  or exists (select from submissions s where s.template_id = templates.id and s.state = 'pending'));
create policy added on templates for insert with check (
  tenant = current_setting('app.tenant', true) and owner = current_setting('app.user', true)
  and (scope = 'private' or (scope like 'department:%' and scope = any (principals())) or tenant = '*'));
create policy changed on templates for update using (
  (tenant = current_setting('app.tenant', true)
    and (owner = current_setting('app.user', true) or (scope <> 'private' and 'role:prompt-editor' = any (principals()))))
  or (tenant <> '*' and decides(scope, tenant, land))
  or exists (select from submissions s where s.template_id = templates.id and s.state = 'pending' and decides(s.scope, s.tenant, s.land)));

alter table publications enable row level security;
alter table publications force row level security;
create policy visible on publications for select using (
  (scope = 'all' or (scope = 'land' and land = nullif(current_setting('app.land', true), ''))
    or (tenant = current_setting('app.tenant', true) and (scope = 'land' or scope = any (principals()))))
  and exists (select from templates t where t.id = template_id));
create policy added on publications for insert with check (
  (tenant = '*' and current_setting('app.tenant', true) = '*')
  or (scope like 'department:%' and tenant = current_setting('app.tenant', true) and scope = any (principals())
    and exists (select from templates t where t.id = template_id and t.tenant = publications.tenant and t.scope = publications.scope))
  or exists (select from submissions s
    where s.id = submission_id and s.template_id = publications.template_id and s.version = publications.version and s.scope = publications.scope
      and s.tenant = publications.tenant and s.land is not distinct from publications.land
      and s.state = 'pending' and decides(s.scope, s.tenant, s.land)
      and (s.tenant, s.submitter) <> (current_setting('app.tenant', true), current_setting('app.user', true))
      and (s.tenant, s.author) <> (current_setting('app.tenant', true), current_setting('app.user', true))));

create policy visible on template_versions for select using (
  exists (select from templates t
    where t.id = template_id and t.tenant = current_setting('app.tenant', true)
      and (t.owner = current_setting('app.user', true) or (t.scope <> 'private' and 'role:prompt-editor' = any (principals()))))
  or exists (select from publications p where p.template_id = template_versions.template_id and p.version = template_versions.version)
  or exists (select from submissions s
    where s.template_id = template_versions.template_id and s.version = template_versions.version and s.state = 'pending'));

-- Where a package's template came from.
create table origins (
  template_id      uuid not null,
  version          integer not null,
  tenant           text not null,
  publisher        text not null,
  original_id      uuid not null,
  original_version integer not null,
  imported_at      timestamptz not null default now(),
  primary key (template_id, version),
  foreign key (template_id, version) references template_versions
);
create index origins_original on origins (tenant, publisher, original_id);
alter table origins enable row level security;
alter table origins force row level security;
create policy visible on origins for select using (exists (select from templates t where t.id = template_id));
create policy added on origins for insert with check (tenant = current_setting('app.tenant', true));

alter table templates force row level security;
