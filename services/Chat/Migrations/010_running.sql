-- Whether a conversation is being answered is asked with every list of them.
create index answers_running on answers (conversation_id) where status = 'running';
