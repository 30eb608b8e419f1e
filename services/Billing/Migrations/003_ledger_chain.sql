-- The ledger as an auditor reads it: one chain of entries a tenant, each sealed with the hash of the one before, kept by month.

-- What a service's own background work sees of a table: every tenant. Set per transaction by BillingDatabase, never for a person's request
-- that is not an operator's.
create function sees_tenant(tenant text) returns boolean language sql stable parallel safe as $$
  select tenant = current_setting('app.tenant', true) or current_setting('app.tenants', true) = 'all'
$$;

alter table usage_ledger rename to usage_ledger_before;
alter index usage_ledger_pkey rename to usage_ledger_before_pkey;
alter index usage_ledger_person rename to usage_ledger_before_person;
alter index usage_ledger_tenant rename to usage_ledger_before_tenant;

create table usage_ledger (
  tenant            text not null,
  seq               bigint not null,                 -- 1, 2, 3 … within the tenant, without gaps
  month             date not null,                   -- first day of the month it is booked to: that of occurred_at, or the first open one
  usage_id          uuid not null,
  corrects          uuid,                            -- the entry it corrects; quantities may be negative then
  reason            text,
  user_id           text not null,                   -- empty: nobody's, e.g. storage
  department        text not null default '',
  api_key_id        uuid,
  kind              text not null check (kind in ('answer', 'embedding', 'rerank', 'ingestion', 'storage')),
  purpose           text not null,
  model             text not null,                   -- empty where no model was asked
  price_class       text not null default '',        -- empty where the model has none
  outcome           text not null default 'completed' check (outcome in ('completed', 'stopped', 'failed')),
  prompt_tokens     bigint not null default 0,
  completion_tokens bigint not null default 0,
  pages             bigint not null default 0,
  bytes             bigint not null default 0,       -- of storage: bytes kept at the end of a day
  duration_ms       bigint,
  occurred_at       timestamptz not null,
  recorded_at       timestamptz not null,
  hash              bytea not null check (length(hash) = 32),
  primary key (tenant, seq, month),
  check ((corrects is null) = (reason is null)),
  check (corrects is not null or least(prompt_tokens, completion_tokens, pages, bytes) >= 0)
) partition by range (month);
create index usage_ledger_person on usage_ledger (tenant, user_id, occurred_at desc, usage_id desc);
create index usage_ledger_time on usage_ledger (tenant, occurred_at);
create index usage_ledger_usage on usage_ledger (usage_id);
create index usage_ledger_corrects on usage_ledger (corrects) where corrects is not null;

-- Where each chain ends, and up to which month it is closed. Locked by whoever appends.
create table ledger_heads (
  tenant         text primary key,
  seq            bigint not null default 0,
  hash           bytea not null default decode(repeat('00', 32), 'hex'),
  closed_through date
);

-- Ids that are booked: the claim that makes a second delivery find its place taken, whatever month it names.
create table usage_claims (usage_id uuid primary key, tenant text not null);
create index usage_claims_tenant on usage_claims (tenant);

-- SHA-256 over the hash before it and the entry's fields, each preceded by its length, so that no two entries read the same.
create function ledger_field(value text) returns text language sql immutable parallel safe as $$
  select coalesce(octet_length(value)::text || ':' || value, '-') || ';'
$$;
create function ledger_micros(at timestamptz) returns text language sql immutable parallel safe as $$
  select (extract(epoch from at) * 1000000)::bigint::text
$$;
create function ledger_hash(previous bytea, e usage_ledger) returns bytea language sql immutable parallel safe as $$
  select sha256(previous || convert_to(
    ledger_field(e.tenant) || ledger_field(e.seq::text) || ledger_field((e.month - date '1970-01-01')::text) || ledger_field(e.usage_id::text)
    || ledger_field(e.corrects::text) || ledger_field(e.reason) || ledger_field(e.user_id) || ledger_field(e.department)
    || ledger_field(e.api_key_id::text) || ledger_field(e.kind) || ledger_field(e.purpose) || ledger_field(e.model)
    || ledger_field(e.price_class) || ledger_field(e.outcome)
    || ledger_field(e.prompt_tokens::text) || ledger_field(e.completion_tokens::text) || ledger_field(e.pages::text)
    || ledger_field(e.bytes::text) || ledger_field(e.duration_ms::text) || ledger_field(ledger_micros(e.occurred_at))
    || ledger_field(ledger_micros(e.recorded_at)), 'UTF8'))
$$;

create or replace function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'usage_ledger is immutable: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on usage_ledger for each statement execute function refuse_ledger_change();
create trigger immutable before update or delete or truncate on usage_claims for each statement execute function refuse_ledger_change();

-- Made apart and then attached, which unlike "create table … partition of" makes neither readers nor writers wait. A month's partition
-- guards itself too, since neither triggers nor policies of the parent hold for who addresses it by its name.
create function add_ledger_month(first_day date) returns void language plpgsql as $$
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
  execute format('create policy tenant on %I using (sees_tenant(tenant)) with check (sees_tenant(tenant))', part);
  execute format('alter table usage_ledger attach partition %I for values from (%L) to (%L)', part, first_day, (first_day + interval '1 month')::date);
end $$;

-- Every entry of before, in the order in which it was recorded.
do $$
declare
  e usage_ledger;
  previous bytea;
  old record;
begin
  perform set_config('app.tenants', 'all', true);
  alter table usage_ledger_before disable row level security;
  for old in select * from usage_ledger_before order by tenant, recorded_at, usage_id loop
    insert into ledger_heads (tenant) values (old.tenant) on conflict do nothing;
    select hash, seq + 1 into previous, e.seq from ledger_heads where tenant = old.tenant;
    e.tenant := old.tenant;
    e.month := date_trunc('month', old.occurred_at at time zone 'Europe/Berlin')::date;
    e.usage_id := old.usage_id;
    e.user_id := old.user_id;
    e.department := '';
    e.api_key_id := old.api_key_id;
    e.kind := old.kind;
    e.purpose := old.purpose;
    e.model := old.model;
    e.price_class := '';
    e.outcome := 'completed';
    e.prompt_tokens := old.prompt_tokens;
    e.completion_tokens := old.completion_tokens;
    e.pages := 0;
    e.bytes := 0;
    e.occurred_at := old.occurred_at;
    e.recorded_at := old.recorded_at;
    e.hash := ledger_hash(previous, e);
    perform add_ledger_month(e.month);
    insert into usage_ledger select e.*;
    insert into usage_claims values (e.usage_id, e.tenant);
    update ledger_heads set seq = e.seq, hash = e.hash where tenant = e.tenant;
  end loop;
end $$;
drop table usage_ledger_before;

alter table usage_ledger enable row level security;
alter table usage_ledger force row level security;
create policy tenant on usage_ledger using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table ledger_heads enable row level security;
alter table ledger_heads force row level security;
create policy tenant on ledger_heads using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table usage_claims enable row level security;
alter table usage_claims force row level security;
create policy tenant on usage_claims using (sees_tenant(tenant)) with check (sees_tenant(tenant));
