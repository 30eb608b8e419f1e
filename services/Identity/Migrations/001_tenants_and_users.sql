-- Tenants, the people in them, their API keys and machines.
--
-- Who signs in has no tenant yet. So besides the tenant's own view, a row of users, api_keys or machine_clients is visible to a
-- transaction that names its exact user name, key hash or client id in app.lookup. Unlike a security-definer function this needs
-- no second role that row-level security does not bind, and unlike a lookup table it keeps no second copy of names and hashes.

create table tenants (
  id           text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(id) between 2 and 40),
  display_name text not null,
  kind         text not null check (kind in ('land', 'agency', 'municipality', 'department', 'operator')),
  parent       text references tenants,
  -- The ids from the root of the tree down to this tenant, itself included.
  path         text[] not null check (path[array_length(path, 1)] = id),
  created_at   timestamptz not null default now()
);
create index tenants_path on tenants using gin (path);

-- A tenant sees itself and what is below it; it writes only itself. Operators see the tree (names, no content).
alter table tenants enable row level security;
alter table tenants force row level security;
create policy below on tenants for select using (current_setting('app.tenant', true) = any (path));
create policy own on tenants for insert with check (id = current_setting('app.tenant', true));
create policy operator on tenants for select using (current_setting('app.operator', true) = 'on');

create table users (
  id            uuid primary key,
  tenant        text not null references tenants,
  -- An e-mail address in lower case, one person's alone across all tenants.
  user_name     text not null unique check (user_name = lower(user_name)),
  name          text not null,
  password_hash text not null,
  roles         text[] not null,
  suspended     boolean not null default false,
  demo          boolean not null default false,
  created_at    timestamptz not null default now()
);
create index users_tenant on users (tenant, id);

alter table users enable row level security;
alter table users force row level security;
create policy tenant on users using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
create policy lookup on users for select using (user_name = current_setting('app.lookup', true));

create table api_keys (
  id           uuid primary key,
  tenant       text not null references tenants,
  user_id      uuid not null references users,
  name         text not null,
  -- The first characters, to recognise the key by.
  prefix       text not null,
  -- SHA-256 in lower-case hex of the whole key.
  key_hash     text not null unique,
  -- Null: all roles that the owner has.
  roles        text[],
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  last_used_at timestamptz
);
create index api_keys_tenant on api_keys (tenant, id);

alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy tenant on api_keys using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
create policy lookup on api_keys for select using (key_hash = current_setting('app.lookup', true));

-- Tenant and roles of a machine. Its secret lies, hashed, with OpenIddict's applications; without a row here that secret opens nothing.
create table machine_clients (
  id         uuid primary key,
  tenant     text not null references tenants,
  client_id  text not null unique,
  name       text not null,
  roles      text[] not null,
  demo       boolean not null default false,
  created_at timestamptz not null default now()
);
create index machine_clients_tenant on machine_clients (tenant, id);

alter table machine_clients enable row level security;
alter table machine_clients force row level security;
create policy tenant on machine_clients using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
create policy lookup on machine_clients for select using (client_id = current_setting('app.lookup', true));

-- Failed sign-ins by a hash of account and address: says nothing about who exists.
create table sign_in_attempts (
  key           bytea primary key,
  failures      int not null,
  blocked_until timestamptz not null,
  last_at       timestamptz not null
);

-- Keys that tokens are signed and encrypted with, and ASP.NET's key ring for cookies and forms: the same for all replicas and after
-- a restart.
create table token_keys (
  purpose    text not null check (purpose in ('signing', 'encryption')),
  key        bytea not null,
  created_at timestamptz not null default now(),
  primary key (purpose, created_at)
);
create table protection_keys (
  id         uuid primary key,
  xml        text not null,
  created_at timestamptz not null default now()
);
