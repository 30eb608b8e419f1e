-- The departments within the tenant that a person works in; what is shared with a department is theirs to read.
alter table users add column departments text[] not null default '{}';
