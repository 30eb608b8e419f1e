using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.Chat.Conversations;

/// <summary>A person's conversations; row-level security keeps everyone else's out.</summary>
internal sealed class ConversationStore(TenantDatabase database)
{
    public async Task<Conversation?> FindAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<Conversation>($"select {Conversation.Columns} from conversations where id = @id", new { id }, cancellation);
    }

    /// <summary>Pinned ones first, then by last use.</summary>
    public async Task<IReadOnlyList<Conversation>> ListAsync(Caller caller, ConversationFilter filter, int limit, Guid? after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<Conversation>(
            $"""
             select {Conversation.Columns} from conversations
             where (archived_at is not null) = @Archived
               and (@FolderId::uuid is null or folder_id = @FolderId) and (not @Unfiled or folder_id is null)
               and (@after::uuid is null or (pinned_at is not null, updated_at, id) < (select pinned_at is not null, updated_at, id from conversations where id = @after))
             order by pinned_at is not null desc, updated_at desc, id desc limit @limit
             """, new { filter.Archived, filter.FolderId, filter.Unfiled, limit, after }, cancellation);
    }

    /// <summary>An empty one, for those who put documents or a folder before the first question.</summary>
    /// <returns>Null where the folder is not there.</returns>
    public async Task<Conversation?> CreateAsync(Caller caller, string title, Guid? folderId, Guid[] documentIds, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        try
        {
            var created = await transaction.SingleAsync<Conversation>(
                $"""
                 insert into conversations (id, tenant, user_id, title, folder_id, document_ids)
                 values (@id, @Tenant, @UserId, @title, @folderId, @documentIds) returning {Conversation.Columns}
                 """, new { id = Guid.CreateVersion7(), caller.Tenant, caller.UserId, title, folderId, documentIds }, cancellation);
            await transaction.CommitAsync(cancellation);
            return created;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return null;
        }
    }

    /// <exception cref="PostgresException">The new leaf is no message of it (foreign key).</exception>
    public Task<bool> ChangeAsync(Caller caller, Guid id, ConversationChange change, CancellationToken cancellation) => UpdateAsync(
        caller,
        """
        update conversations set title = coalesce(@Title, title), leaf_id = coalesce(@LeafId, leaf_id),
          pinned_at = case when @Pinned is null then pinned_at when @Pinned then coalesce(pinned_at, now()) end,
          archived_at = case when @Archived is null then archived_at when @Archived then coalesce(archived_at, now()) end
        where id = @id
        """, new { id, change.Title, change.LeafId, change.Pinned, change.Archived }, cancellation);

    /// <exception cref="PostgresException">There is no such folder (foreign key).</exception>
    public Task<bool> FileAsync(Caller caller, Guid id, Guid? folderId, CancellationToken cancellation)
        => UpdateAsync(caller, "update conversations set folder_id = @folderId where id = @id", new { id, folderId }, cancellation);

    public Task<bool> AttachAsync(Caller caller, Guid id, Guid[] documentIds, CancellationToken cancellation)
        => UpdateAsync(caller, "update conversations set document_ids = @documentIds where id = @id", new { id, documentIds }, cancellation);

    /// <summary>Removes the conversation, its messages, what was shared of it and the text of its answers; what was used stays billed.</summary>
    public async Task<bool> DeleteAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        await transaction.ExecuteAsync(
            """
            update ratings set comment = '' from answers where answers.id = ratings.answer_id and answers.conversation_id = @id;
            update answers set text = '', reasoning = '', tool_calls = '[]', citations = '[]', doubts = '[]' where conversation_id = @id
            """, new { id }, cancellation);
        var deleted = await transaction.ExecuteAsync("delete from conversations where id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return deleted == 1;
    }

    private async Task<bool> UpdateAsync(Caller caller, string sql, object parameters, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var updated = await transaction.ExecuteAsync(sql, parameters, cancellation);
        await transaction.CommitAsync(cancellation);
        return updated == 1;
    }
}
