-- What a tenant has settled for all its people: policy, letterhead, imprint, privacy, retention. One row a tenant; the version is its ETag.
create table tenant_settings (
  tenant     text primary key references tenants,
  version    int not null,
  settings   jsonb not null,
  changed_at timestamptz not null default now()
);

alter table tenant_settings enable row level security;
alter table tenant_settings force row level security;
create policy tenant on tenant_settings using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
