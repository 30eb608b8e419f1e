-- What reading and keeping documents uses is billed. Whose department it counts for is known when the document comes and not later.
alter table documents add column department text;
-- Each order of a reading is used up once, under its own id, and its owner waits from then on.
alter table ingestions
  add column reading_id uuid not null default gen_random_uuid(),
  add column ordered_at timestamptz not null default now();

-- Days whose storage has been said, the last one last. Belongs to no tenant, like the outbox: by it the replicas know what is left to say.
create table storage_days (
  day     date primary key,
  said_at timestamptz not null default now()
);
