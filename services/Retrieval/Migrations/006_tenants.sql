-- Rebuilding an index goes through all tenants. Their names and versions, and nothing else, are seen by who sets this scope.
create policy list on index_versions for select using (current_setting('app.scope', true) = 'tenants');
