-- Messages that left a transaction but not yet the process. They belong to no tenant's view: only the dispatcher reads them.
create table outbox (
  id          uuid primary key,
  name        text not null,
  body        jsonb not null,
  traceparent text,
  created_at  timestamptz not null default now()
);

-- Message ids whose effect is already in this database, one row per consumer.
create table inbox (
  consumer     text not null,
  message_id   uuid not null,
  processed_at timestamptz not null default now(),
  primary key (consumer, message_id)
);
