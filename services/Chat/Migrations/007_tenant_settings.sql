-- Chat's own copy of what identity publishes about a tenant: its policy goes into prompts, its letterhead onto exports.
create table tenant_settings (
  tenant   text primary key,
  version  int not null,
  settings jsonb not null
);

alter table tenant_settings enable row level security;
alter table tenant_settings force row level security;
create policy tenant on tenant_settings using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
