-- While PostgreSQL moves a GIN index's pending entries into its main part, a row may be found under one of its words and not yet under
-- another: "Bescheid -Entwurf" then finds what holds both, as the index's answer is not looked at again. Templates are written rarely, so
-- entries go where they belong at once.
alter index template_words_words set (fastupdate = off);
select gin_clean_pending_list('template_words_words');
