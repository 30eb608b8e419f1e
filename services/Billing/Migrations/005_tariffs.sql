-- Price lists by version, and who has which from when on. Both are only ever added to: what was in force on a day stays known.
create table tariffs (
  id         uuid primary key,
  name       text not null unique check (length(name) between 1 and 120),
  created_at timestamptz not null default now()
);
create table tariff_versions (
  tariff_id  uuid not null references tariffs,
  version    integer not null check (version > 0),
  valid_from date not null,
  prices     jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (tariff_id, version)
);
-- Of two that begin on the same day the later one counts, so a plan is changed by adding to it.
create table tariff_assignments (
  tenant                text not null,
  number                integer not null check (number > 0),   -- 1, 2, 3 … within the tenant, in the order of assigning
  tariff_id             uuid not null references tariffs,
  from_day              date not null,
  until_day             date check (until_day > from_day),     -- the first day it no longer holds; null: until another begins
  discount_basis_points integer check (discount_basis_points between 0 and 10000), -- in place of the tariff's
  created_by            text not null,
  created_at            timestamptz not null default now(),
  primary key (tenant, number)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is immutable: % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on tariffs for each statement execute function refuse_change();
create trigger immutable before update or delete or truncate on tariff_versions for each statement execute function refuse_change();
create trigger immutable before update or delete or truncate on tariff_assignments for each statement execute function refuse_change();

-- A tenant sees the tariffs it has or had; only operators' transactions write.
alter table tariff_assignments enable row level security;
alter table tariff_assignments force row level security;
create policy tenant on tariff_assignments for select using (sees_tenant(tenant));
create policy operator on tariff_assignments for insert with check (current_setting('app.tenants', true) = 'all');
alter table tariffs enable row level security;
alter table tariffs force row level security;
create policy tenant on tariffs for select using (
  current_setting('app.tenants', true) = 'all' or exists (select from tariff_assignments a where a.tariff_id = id));
create policy operator on tariffs for insert with check (current_setting('app.tenants', true) = 'all');
alter table tariff_versions enable row level security;
alter table tariff_versions force row level security;
create policy tenant on tariff_versions for select using (
  current_setting('app.tenants', true) = 'all' or exists (select from tariff_assignments a where a.tariff_id = tariff_versions.tariff_id));
create policy operator on tariff_versions for insert with check (current_setting('app.tenants', true) = 'all');

-- Which cost centre bears a department's share: one map a tenant.
create table cost_centres (
  tenant  text primary key,
  version integer not null,
  centres jsonb not null  -- {"department": "cost centre"}
);
alter table cost_centres enable row level security;
alter table cost_centres force row level security;
create policy tenant on cost_centres using (sees_tenant(tenant)) with check (sees_tenant(tenant));
