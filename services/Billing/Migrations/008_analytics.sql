-- What analytics reads: the ledger's entries of persons, summed by day, person and what was asked. A day is given out only once it is settled;
-- what comes later counts for the first day that is not, so that no figure that was given out ever changes: two answers to the same question
-- would differ by one person. Each day lies in the month to which its entries are booked, so that a month's figures are those of its statement.
create table analytics_days (
  tenant            text not null,
  day               date not null,
  user_id           text not null check (user_id <> ''),
  department        text not null,
  purpose           text not null,
  model             text not null,
  price_class       text not null,
  failed            boolean not null,
  uses              bigint not null,  -- requests for which somebody waited; the steps of a longer run are none
  milliseconds      bigint not null,  -- the sum of those waits
  prompt_tokens     bigint not null,  -- of failed uses none, as on statements
  completion_tokens bigint not null,
  primary key (tenant, day, user_id, department, purpose, model, price_class, failed)
);

-- How long uses that did not fail took: how many fell between two bounds (LogHistogram).
create table analytics_durations (
  tenant  text not null,
  day     date not null,
  purpose text not null,
  bucket  smallint not null,
  uses    bigint not null,
  primary key (tenant, day, purpose, bucket)
);

create table analytics_progress (
  tenant         text primary key,
  seq            bigint not null default 0,  -- the last entry of the chain that is counted
  settled_before date,                       -- days before this one are settled; but a month's last day is only once the month is closed
  closed_through date                        -- the last closed month all of whose entries are counted
);

-- What people think of answers, without them: the latest word on each answer, and what each word changed on the day that was not settled yet.
create table answer_ratings (
  answer_id uuid primary key,
  tenant    text not null,
  purpose   text not null,
  model     text not null,
  verdict   text check (verdict in ('up', 'down')),  -- null: taken back
  reason    text check (reason in ('wrong', 'incomplete', 'source', 'tone', 'other')),
  rated_at  timestamptz not null
);
create table rating_changes (
  tenant    text not null,
  day       date not null,
  answer_id uuid not null,
  purpose   text not null,
  verdict   text not null check (verdict in ('up', 'down')),
  change    integer not null,  -- 1 given, -1 taken back; may sum up over a day
  primary key (tenant, day, answer_id, verdict)
);

alter table analytics_days enable row level security;
alter table analytics_days force row level security;
create policy tenant on analytics_days using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table analytics_durations enable row level security;
alter table analytics_durations force row level security;
create policy tenant on analytics_durations using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table analytics_progress enable row level security;
alter table analytics_progress force row level security;
create policy tenant on analytics_progress using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table answer_ratings enable row level security;
alter table answer_ratings force row level security;
create policy tenant on answer_ratings using (sees_tenant(tenant)) with check (sees_tenant(tenant));
alter table rating_changes enable row level security;
alter table rating_changes force row level security;
create policy tenant on rating_changes using (sees_tenant(tenant)) with check (sees_tenant(tenant));

-- Whether a day of a tenant's is settled.
create function is_settled(day date, p analytics_progress) returns boolean language sql stable as $$
  select day < p.settled_before
    and (day < (date_trunc('month', day) + interval '1 month' - interval '1 day')::date or coalesce(p.closed_through >= date_trunc('month', day)::date, false))
$$;
