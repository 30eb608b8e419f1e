using System.Text.Json;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Conversations.Shares;

/// <summary>Copies of branches for colleagues; the database shows one to its owner and to those of the tenant who name its secret.</summary>
internal sealed class ShareStore(TenantDatabase database)
{
    /// <returns>Null where the conversation has <paramref name="most"/> shares, or is not the caller's.</returns>
    public async Task<Share?> AddAsync(
        Caller caller, Guid conversationId, string token, IReadOnlyList<SharedMessage> messages, DateTime expiresAt, int most, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var share = await transaction.SingleAsync<Share>(
            """
            insert into shares (id, tenant, user_id, conversation_id, token_hash, shared_by, title, messages, expires_at)
            select @id, @Tenant, @UserId, c.id, @hash, @Name, c.title, @messages::jsonb, @expiresAt from conversations c
            where c.id = @conversationId and (select count(*) from shares where conversation_id = @conversationId) < @most
            returning id, jsonb_array_length(messages) as messages, created_at, expires_at
            """,
            new
            {
                id = Guid.CreateVersion7(),
                caller.Tenant,
                caller.UserId,
                caller.Name,
                conversationId,
                hash = ShareToken.Hash(token),
                messages = JsonSerializer.Serialize(messages, JsonSerializerOptions.Web),
                expiresAt,
                most,
            }, cancellation);
        await transaction.CommitAsync(cancellation);
        return share;
    }

    /// <summary>Newest first, expired ones too.</summary>
    public async Task<IReadOnlyList<Share>> ListAsync(Caller caller, Guid conversationId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<Share>(
            "select id, jsonb_array_length(messages) as messages, created_at, expires_at from shares where conversation_id = @conversationId order by id desc",
            new { conversationId }, cancellation);
    }

    public async Task<bool> WithdrawAsync(Caller caller, Guid conversationId, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var withdrawn = await transaction.ExecuteAsync("delete from shares where id = @id and conversation_id = @conversationId", new { id, conversationId }, cancellation);
        await transaction.CommitAsync(cancellation);
        return withdrawn == 1;
    }

    /// <summary>Null unless it is of the caller's tenant and has not expired.</summary>
    public async Task<SharedConversation?> ReadAsync(Caller caller, string token, CancellationToken cancellation)
    {
        var hash = ShareToken.Hash(token);
        await using var transaction = await database.BeginAsync(caller, cancellation);
        await transaction.ExecuteAsync("select set_config('app.share', @hash, true)", new { hash }, cancellation);
        var row = await transaction.SingleAsync<Row>(
            "select title, shared_by, messages::text as messages, created_at, expires_at from shares where token_hash = @hash and expires_at > now()", new { hash }, cancellation);
        return row is null
            ? null
            : new SharedConversation(row.Title, row.SharedBy, JsonSerializer.Deserialize<IReadOnlyList<SharedMessage>>(row.Messages, JsonSerializerOptions.Web)!, row.CreatedAt, row.ExpiresAt);
    }

    private sealed record Row(string Title, string SharedBy, string Messages, DateTime CreatedAt, DateTime ExpiresAt);
}

/// <summary>What the owner knows of a link later on; the secret is told once.</summary>
/// <param name="Messages">Their number.</param>
internal sealed record Share(Guid Id, int Messages, DateTime CreatedAt, DateTime ExpiresAt);

/// <param name="SharedBy">The owner's name.</param>
/// <param name="Messages">As they were when they were shared.</param>
internal sealed record SharedConversation(string Title, string SharedBy, IReadOnlyList<SharedMessage> Messages, DateTime CreatedAt, DateTime ExpiresAt);
