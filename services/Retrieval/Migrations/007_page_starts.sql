-- Where in the text each page begins, so that who reads the whole of a document can say which pages went in. Unknown (empty) for documents
-- read before, until their file is read again.
alter table documents add column page_starts integer[] not null default '{}';
