-- Whom invoices are made out to: one account a tenant. Its tenant reads it, operators edit it.
create table billing_accounts (
  tenant     text primary key,
  version    integer not null check (version > 0),
  account    jsonb not null,
  updated_by text not null,
  updated_at timestamptz not null
);
alter table billing_accounts enable row level security;
alter table billing_accounts force row level security;
create policy tenant on billing_accounts for select using (sees_tenant(tenant));
create policy operator on billing_accounts using (current_setting('app.tenants', true) = 'all') with check (current_setting('app.tenants', true) = 'all');

-- The last number of each seller and year, and the day it was taken. The row is locked by whoever issues until the invoice is stored: a number
-- is taken together with its invoice or not at all, so there are no gaps (§ 14 (4) no. 4 UStG asks for one series of numbers). No tenant's.
create table invoice_counters (
  seller  text not null,
  year    integer not null,
  last    bigint not null check (last >= 0),
  last_on date not null,
  primary key (seller, year)
);
alter table invoice_counters enable row level security;
alter table invoice_counters force row level security;
create policy operator on invoice_counters using (current_setting('app.tenants', true) = 'all') with check (current_setting('app.tenants', true) = 'all');

create table invoices (
  id           uuid primary key,
  tenant       text not null,
  seller       text not null,
  year         integer not null,
  sequence     bigint not null check (sequence > 0),
  number       text not null,
  kind         text not null check (kind in ('invoice', 'cancellation')),
  statement_id uuid not null references statements,
  month        date not null,
  cancels      uuid unique references invoices,      -- an invoice is cancelled once
  issued_on    date not null,
  due_on       date,
  net          bigint not null,
  vat          bigint not null,
  gross        bigint not null,
  document     jsonb not null,                       -- all of it, with seller and account as they were
  xml          bytea not null,                       -- the invoice in law: the very bytes that went out
  issued_by    text not null,
  issued_at    timestamptz not null default now(),
  unique (seller, year, sequence),
  unique (seller, number),
  check ((kind = 'cancellation') = (cancels is not null)),
  check (gross = net + vat)
);
create index invoices_tenant on invoices (tenant, year desc, sequence desc);
create index invoices_statement on invoices (statement_id);
create index invoices_month on invoices (month);

alter table invoices enable row level security;
alter table invoices force row level security;
create policy tenant on invoices for select using (sees_tenant(tenant));
create policy operator on invoices for insert with check (current_setting('app.tenants', true) = 'all');

create function refuse_invoice_change() returns trigger language plpgsql as $$
begin
  raise exception 'invoices are immutable: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on invoices for each statement execute function refuse_invoice_change();

-- What the code keeps to is also what the table holds to: no gap, one uncancelled invoice a statement, cancellations that cancel as a whole.
create function check_invoice() returns trigger language plpgsql as $$
declare
  cancelled invoices;
begin
  if new.sequence > 1 and not exists (select from invoices where seller = new.seller and year = new.year and sequence = new.sequence - 1) then
    raise exception 'invoice numbers have no gaps: % comes too early', new.number using errcode = 'restrict_violation';
  end if;
  if new.kind = 'invoice' and exists (
    select from invoices i where i.statement_id = new.statement_id and i.kind = 'invoice' and not exists (select from invoices c where c.cancels = i.id)) then
    raise exception 'statement % is invoiced already', new.statement_id using errcode = 'unique_violation';
  end if;
  if new.kind = 'cancellation' then
    select * into cancelled from invoices where id = new.cancels;
    if cancelled.kind <> 'invoice' or (cancelled.tenant, cancelled.statement_id, cancelled.net, cancelled.vat) is distinct from (new.tenant, new.statement_id, -new.net, -new.vat) then
      raise exception '% does not take back what it cancels', new.number using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
create trigger checked before insert on invoices for each row execute function check_invoice();
