-- What was used, one row per answer or embedding, written once. usage_id is the claim: a second delivery finds it taken.
create table usage_ledger (
  usage_id          uuid primary key,
  tenant            text not null,
  user_id           text not null,
  api_key_id        uuid,
  kind              text not null check (kind in ('answer', 'embedding')),
  purpose           text not null,
  model             text not null,
  prompt_tokens     integer not null check (prompt_tokens >= 0),
  completion_tokens integer not null check (completion_tokens >= 0),
  occurred_at       timestamptz not null,
  recorded_at       timestamptz not null default now()
);
create index usage_ledger_person on usage_ledger (tenant, user_id, occurred_at desc, usage_id desc);
create index usage_ledger_tenant on usage_ledger (tenant, occurred_at);

-- A ledger is corrected by further entries, never by changing one. Per statement, so that it also holds where row-level
-- security would have hidden every row.
create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'usage_ledger is immutable: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on usage_ledger
  for each statement execute function refuse_ledger_change();

alter table usage_ledger enable row level security;
alter table usage_ledger force row level security;
create policy tenant on usage_ledger using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
