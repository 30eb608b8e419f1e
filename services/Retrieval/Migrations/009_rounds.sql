-- Who could read a folder for a while and then not any more may have been noted at what is in it, although the folder looks as it did before.
-- A change told in one round of changes happened since the round before it began: what was noted in these two may have to be asked for again.
-- Counts how often changes have been told to their end.
alter table sources add column round bigint not null default 0;
alter table source_items add column readers_round bigint not null default 0;
create index source_items_round on source_items (source_id, readers_round);

create function note_round() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.readers is distinct from old.readers then
    new.readers_round := (select round from sources where id = new.source_id);
  end if;
  return new;
end $$;
create trigger note_round before insert or update of readers on source_items for each row execute function note_round();
