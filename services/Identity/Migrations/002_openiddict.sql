-- OpenIddict 7.8's own tables, as EF Core's GenerateCreateScript() gives them for OpenIdDb, in lower case. Read and written by OpenIddict only.

create table openiddict_applications (
  id text primary key,
  application_type varchar(50),
  client_id varchar(100),
  client_secret text,
  client_type varchar(50),
  concurrency_token varchar(50),
  consent_type varchar(50),
  display_name text,
  display_names text,
  json_web_key_set text,
  permissions text,
  post_logout_redirect_uris text,
  properties text,
  redirect_uris text,
  requirements text,
  settings text
);

create table openiddict_scopes (
  id text primary key,
  concurrency_token varchar(50),
  description text,
  descriptions text,
  display_name text,
  display_names text,
  name varchar(200),
  properties text,
  resources text
);

create table openiddict_authorizations (
  id text primary key,
  application_id text references openiddict_applications,
  concurrency_token varchar(50),
  creation_date timestamptz,
  properties text,
  scopes text,
  status varchar(50),
  subject varchar(400),
  type varchar(50)
);

create table openiddict_tokens (
  id text primary key,
  application_id text references openiddict_applications,
  authorization_id text references openiddict_authorizations,
  concurrency_token varchar(50),
  creation_date timestamptz,
  expiration_date timestamptz,
  payload text,
  properties text,
  redemption_date timestamptz,
  reference_id varchar(100),
  status varchar(50),
  subject varchar(400),
  type varchar(150)
);
create unique index openiddict_applications_client_id on openiddict_applications (client_id);
create index openiddict_authorizations_application_id_status_subject_type on openiddict_authorizations (application_id, status, subject, type);
create unique index openiddict_scopes_name on openiddict_scopes (name);
create index openiddict_tokens_application_id_status_subject_type on openiddict_tokens (application_id, status, subject, type);
create index openiddict_tokens_authorization_id on openiddict_tokens (authorization_id);
create unique index openiddict_tokens_reference_id on openiddict_tokens (reference_id);
