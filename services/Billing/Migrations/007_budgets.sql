-- What a tenant, a department, a person or an API key may use in a day or a month. What an operator has set no tenant changes.
create table budgets (
  id           uuid primary key,
  tenant       text not null,
  scope        text not null check (scope in ('tenant', 'department', 'user', 'eachuser', 'apikey')),
  subject      text not null,                        -- empty for the tenant and for each user
  unit         text not null check (unit in ('tokens', 'money')),
  period       text not null check (period in ('day', 'month')),
  amount       bigint not null check (amount >= 0),  -- tokens, or cents
  hard         boolean not null,
  warn_percent integer not null check (warn_percent between 1 and 100),
  contact      text not null,
  by_operator  boolean not null,
  version      integer not null default 1,
  changed_by   text not null,
  changed_at   timestamptz not null default now(),
  check ((scope in ('tenant', 'eachuser')) = (subject = '')),
  unique (tenant, scope, subject, unit, period, by_operator)
);

-- How much of each was used, period by period; written with the ledger's entries.
create table budget_usage (
  budget_id    uuid not null references budgets on delete cascade,
  subject      text not null,                        -- the budget's, or one user where it holds for each
  period_start date not null,                        -- in Billing:TimeZone
  tenant       text not null,
  used         bigint not null,                      -- tokens, or millionths of a cent
  seq          bigint not null,                      -- the ledger's entry that last changed it
  warned_at    timestamptz,
  primary key (budget_id, subject, period_start)
);
create index budget_usage_news on budget_usage (tenant, seq);

-- Counts the changes of a tenant's budgets, so that whoever publishes them sees that there were some.
create table budget_revisions (tenant text primary key, revision bigint not null);

create function is_for_all() returns boolean language sql stable parallel safe as $$
  select coalesce(current_setting('app.tenants', true), '') = 'all'
$$;

alter table budgets enable row level security;
alter table budgets force row level security;
create policy seen on budgets for select using (sees_tenant(tenant));
create policy added on budgets for insert with check (sees_tenant(tenant) and by_operator = is_for_all());
create policy changed on budgets for update using (sees_tenant(tenant) and by_operator = is_for_all());
create policy deleted on budgets for delete using (sees_tenant(tenant) and by_operator = is_for_all());
alter table budget_usage enable row level security;
alter table budget_usage force row level security;
create policy tenant on budget_usage using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table budget_revisions enable row level security;
alter table budget_revisions force row level security;
create policy tenant on budget_revisions using (sees_tenant(tenant)) with check (sees_tenant(tenant));
