-- What a session may see is asked once per statement, not once per row, and the planner no longer takes the answer for one row in two hundred:
-- it sorted millions of rows which it now adds up in place. A closing of a large month takes a third of the time. For the tables that grow
-- with usage; the others are small enough either way.
do $$
declare
  part regclass;
begin
  for part in
    select 'usage_ledger'::regclass union all select inhrelid::regclass from pg_inherits where inhparent = 'usage_ledger'::regclass
    union all select unnest(array['usage_claims', 'usage_days', 'analytics_days', 'analytics_durations']::regclass[])
  loop
    execute format(
      'alter policy tenant on %s using (
        tenant = (select current_setting(''app.tenant'', true)) or (select current_setting(''app.tenants'', true) = ''all''))', part);
  end loop;
end $$;

-- As in 003_ledger_chain.sql, with that policy.
create or replace function add_ledger_month(first_day date) returns void language plpgsql as $$
declare
  part text := 'usage_ledger_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass(part) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('ledger-months'));
  if to_regclass(part) is not null then
    return;
  end if;
  execute format('create table %I (like usage_ledger including all)', part);
  execute format('create trigger immutable before update or delete or truncate on %I for each statement execute function refuse_ledger_change()', part);
  execute format('alter table %I enable row level security', part);
  execute format('alter table %I force row level security', part);
  execute format(
    'create policy tenant on %I using (
      tenant = (select current_setting(''app.tenant'', true)) or (select current_setting(''app.tenants'', true) = ''all'')) with check (sees_tenant(tenant))', part);
  execute format('alter table usage_ledger attach partition %I for values from (%L) to (%L)', part, first_day, (first_day + interval '1 month')::date);
end $$;
