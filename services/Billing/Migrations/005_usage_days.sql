-- The ledger's sums by day, kept up by following each tenant's chain: what previews and analytics read. May lag, never counts twice: the
-- watermark moves in the transaction that adds.
create table usage_days (
  tenant            text not null,
  month             date not null,    -- to which the entries are booked; day lies before it where they came late
  day               date not null,    -- on which they occurred, in Billing:TimeZone
  user_id           text not null,
  department        text not null,
  purpose           text not null,
  model             text not null,
  price_class       text not null,
  kind              text not null,
  entries           bigint not null,  -- uses, failed ones too; not corrections
  failed            bigint not null,
  prompt_tokens     bigint not null,  -- these sums without failed uses, with corrections
  completion_tokens bigint not null,
  pages             bigint not null,
  bytes             bigint not null,
  primary key (tenant, month, day, user_id, department, purpose, model, price_class, kind)
);
create index usage_days_person on usage_days (tenant, user_id, day);
create index usage_days_day on usage_days (tenant, day);
create table usage_day_watermarks (
  tenant text primary key,
  seq    bigint not null  -- the last entry of the tenant's chain that usage_days contains
);
alter table usage_days enable row level security;
alter table usage_days force row level security;
create policy tenant on usage_days using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table usage_day_watermarks enable row level security;
alter table usage_day_watermarks force row level security;
create policy tenant on usage_day_watermarks using (sees_tenant(tenant)) with check (sees_tenant(tenant));
