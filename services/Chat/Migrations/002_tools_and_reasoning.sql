-- What a model thought before it answered, and which functions it called; under the answers' row-level security like their text.
alter table answers
  add column reasoning  text not null default '',
  add column tool_calls jsonb not null default '[]';
