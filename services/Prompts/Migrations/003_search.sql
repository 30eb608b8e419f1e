-- What a version is found by: its words as German and as English stems, and as they are, so that the beginning of a name finds it too.
--
-- PostgreSQL uses an index below row-level security only for conditions that the policy itself states, since others might tell of rows
-- nobody may see. So the search is part of the policy: a row is readable to a transaction that names what it looks for (app.search),
-- and the GIN index finds it.
create function words_of(name text, title text, title_en text, description text, description_en text, category text, tags text[], body text)
returns tsvector language sql stable as $$
  select setweight(to_tsvector('german', heading), 'A') || setweight(to_tsvector('english', heading), 'A') || setweight(to_tsvector('simple', heading), 'A')
    || setweight(to_tsvector('german', about), 'B') || setweight(to_tsvector('english', about), 'B')
    || setweight(to_tsvector('german', body), 'D') || setweight(to_tsvector('english', body), 'D')
  from (select concat_ws(' ', replace(name, '-', ' '), title, title_en, category, array_to_string(tags, ' ')) as heading,
               concat_ws(' ', description, description_en) as about) as parts
$$;

-- German or English, with the last word perhaps not yet written to its end, unless the search uses the operators of web searches.
-- websearch_to_tsquery takes any text.
create function search_of(typed text) returns tsquery language sql stable as $$
  select websearch_to_tsquery('german', typed) || websearch_to_tsquery('english', typed)
    || case when beginning = '' or typed ~ '["-]' or typed ~* '\mor\M' then ''::tsquery
         else (websearch_to_tsquery('simple', others) && (quote_literal(beginning) || ':*')::tsquery) end
  from (select lower(coalesce(substring(typed from '[[:alnum:]]+$'), '')) as beginning,
               regexp_replace(typed, '[[:alnum:]]+$', '') as others) as parts
$$;

create table template_words (
  template_id uuid not null,
  version     integer not null,
  tenant      text not null,
  words       tsvector not null,
  primary key (template_id, version),
  foreign key (template_id, version) references template_versions
);
create index template_words_words on template_words using gin (words);
insert into template_words (template_id, version, tenant, words)
  select v.template_id, v.version, v.tenant, words_of(t.name, v.title, v.title_en, v.description, v.description_en, v.category, v.tags, v.body)
  from template_versions v join templates t on t.id = v.template_id;
alter table template_versions force row level security;

alter table template_words enable row level security;
alter table template_words force row level security;
create policy found on template_words for select using (
  words @@ (nullif(current_setting('app.search', true), ''))::tsquery
  and exists (select from template_versions v where v.template_id = template_words.template_id and v.version = template_words.version));
create policy added on template_words for insert with check (tenant = current_setting('app.tenant', true));
