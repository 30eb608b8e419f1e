-- Statements of an answer that its sources do not bear out; under the answers' row-level security like their text, of which they quote.
alter table answers add column doubts jsonb not null default '[]';
