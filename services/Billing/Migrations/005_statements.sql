-- Closing a month: one step a tenant. A step is taken by locking its row, so replicas share the steps and a dead one's is free at once.
create table closings (
  month      date primary key,
  started_by text not null,  -- empty: by itself
  started_at timestamptz not null default now()
);
create table closing_steps (
  month     date not null references closings,
  tenant    text not null,
  attempts  integer not null default 0,  -- failed ones
  retry_at  timestamptz not null default now(),
  closed_at timestamptz,
  primary key (month, tenant)
);
create index closing_steps_open on closing_steps (month) where closed_at is null;

-- What a tenant owes for a closed month, as it was found then; never changed.
create table statements (
  id          uuid primary key,
  tenant      text not null,
  month       date not null,
  net         bigint not null,             -- cents
  ledger_seq  bigint not null,             -- the last entry of the tenant's chain when it was closed
  ledger_hash text not null check (ledger_hash ~ '^[0-9a-f]{64}$'),
  closed_at   timestamptz not null,
  unique (tenant, month)
);
create table statement_lines (
  statement_id     uuid not null references statements,
  line             integer not null check (line > 0),
  tenant           text not null,
  kind             text not null check (kind in ('users', 'tokens', 'pages', 'storage', 'flat', 'minimum', 'correction')),
  description      text not null,
  quantity         bigint not null,
  base_quantity    bigint not null check (base_quantity > 0),
  unit             text not null,
  unit_price       bigint not null check (unit_price >= 0),
  allowance        bigint not null,
  allowance_reason text not null,
  net              bigint not null,
  tax              text not null,
  primary key (statement_id, line)
);
create table statement_shares (
  statement_id uuid not null,
  line         integer not null,
  department   text not null,
  tenant       text not null,
  cost_centre  text not null,
  net          bigint not null,
  primary key (statement_id, line, department),
  foreign key (statement_id, line) references statement_lines
);

create function refuse_statement_change() returns trigger language plpgsql as $$
begin
  raise exception '% is immutable: % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on statements for each statement execute function refuse_statement_change();
create trigger immutable before update or delete or truncate on statement_lines for each statement execute function refuse_statement_change();
create trigger immutable before update or delete or truncate on statement_shares for each statement execute function refuse_statement_change();

alter table closings enable row level security;
alter table closings force row level security;
create policy operator on closings using (current_setting('app.tenants', true) = 'all') with check (current_setting('app.tenants', true) = 'all');
alter table closing_steps enable row level security;
alter table closing_steps force row level security;
create policy operator on closing_steps using (current_setting('app.tenants', true) = 'all') with check (current_setting('app.tenants', true) = 'all');
-- Read by the tenant, written by the closing alone.
alter table statements enable row level security;
alter table statements force row level security;
create policy tenant on statements for select using (sees_tenant(tenant));
create policy closing on statements for insert with check (current_setting('app.tenants', true) = 'all');
alter table statement_lines enable row level security;
alter table statement_lines force row level security;
create policy tenant on statement_lines for select using (sees_tenant(tenant));
create policy closing on statement_lines for insert with check (current_setting('app.tenants', true) = 'all');
alter table statement_shares enable row level security;
alter table statement_shares force row level security;
create policy tenant on statement_shares for select using (sees_tenant(tenant));
create policy closing on statement_shares for insert with check (current_setting('app.tenants', true) = 'all');
