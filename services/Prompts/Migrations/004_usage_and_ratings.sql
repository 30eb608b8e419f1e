-- How often something was used and how it was liked: numbers that name nobody.
create table template_counts (
  template_id uuid primary key references templates,
  uses        bigint not null default 0,
  ratings     integer not null default 0,
  stars       integer not null default 0
);
alter table template_counts enable row level security;
alter table template_counts force row level security;
-- Uses are counted in the background, for many people at once (app.counting).
create policy visible on template_counts
  using (current_setting('app.counting', true) = 'on' or exists (select from templates t where t.id = template_id))
  with check (current_setting('app.counting', true) = 'on' or exists (select from templates t where t.id = template_id));

-- The rater is a keyed hash of person and template, another for each template. A row is visible to who names its hash (app.rater).
create table ratings (
  template_id uuid not null references templates,
  rater       bytea not null,
  stars       integer not null check (stars between 1 and 5),
  primary key (template_id, rater)
);
alter table ratings enable row level security;
alter table ratings force row level security;
create policy own on ratings
  using (encode(rater, 'hex') = current_setting('app.rater', true))
  with check (encode(rater, 'hex') = current_setting('app.rater', true) and exists (select from templates t where t.id = template_id));

-- The hash's key where the configuration gives none.
create table rating_key (only_one boolean primary key default true check (only_one), key bytea not null);
insert into rating_key (key) values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- A person's own shelf, which nobody else reads.
create table favourites (
  tenant      text not null,
  user_id     text not null,
  template_id uuid not null references templates,
  added_at    timestamptz not null default now(),
  primary key (tenant, user_id, template_id)
);
alter table favourites enable row level security;
alter table favourites force row level security;
create policy own on favourites
  using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true))
  with check (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true)
    and exists (select from templates t where t.id = template_id));

create table recent_uses (
  tenant      text not null,
  user_id     text not null,
  template_id uuid not null references templates,
  used_at     timestamptz not null,
  primary key (tenant, user_id, template_id)
);
alter table recent_uses enable row level security;
alter table recent_uses force row level security;
create policy own on recent_uses for select using (tenant = current_setting('app.tenant', true) and user_id = current_setting('app.user', true));
create policy counted on recent_uses using (current_setting('app.counting', true) = 'on') with check (current_setting('app.counting', true) = 'on');
