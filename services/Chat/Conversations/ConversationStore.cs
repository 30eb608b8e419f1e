using System.Security.Cryptography;
using System.Text;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Completions;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Conversations;

/// <summary>A person's conversations; row-level security keeps everyone else's out.</summary>
internal sealed class ConversationStore(TenantDatabase database)
{
    private const int LongestTitle = 80;

    /// <summary>
    /// The conversation that an answer will belong to: the one named, the front-end's own by its id, or a new one. Null where nothing
    /// shall be stored or the one named is not there.
    /// </summary>
    public async Task<ConversationDraft?> DraftAsync(Caller caller, CompletionRequest request, string externalId, CancellationToken cancellation)
    {
        if (request.Store == false)
            return null;
        if (request.ConversationId is { } id)
            return await FindAsync(caller, id, cancellation) is { } found ? new ConversationDraft(found.Id, found.Title) : null;

        var title = Title(PromptMessages.Of(request).Last(message => message.Role == "user").Content);
        return new ConversationDraft(externalId.Length is > 0 and <= 200 ? External(caller, externalId) : Guid.CreateVersion7(), title);
    }

    public async Task<Conversation?> FindAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<Conversation>("select id, title, created_at, updated_at from conversations where id = @id", new { id }, cancellation);
    }

    public async Task<IReadOnlyList<Conversation>> ListAsync(Caller caller, int limit, Guid? after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<Conversation>(
            """
            select id, title, created_at, updated_at from conversations
            where @after::uuid is null or (updated_at, id) < (select updated_at, id from conversations where id = @after)
            order by updated_at desc, id desc limit @limit
            """, new { limit, after }, cancellation);
    }

    public async Task<IReadOnlyList<StoredMessage>> MessagesAsync(Caller caller, Guid id, int limit, Guid? after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<StoredMessage>(
            """
            select m.id, m.role, m.content, m.answer_id, a.model, a.status, a.citations::text as citations, m.created_at
            from messages m left join answers a on a.id = m.answer_id
            where m.conversation_id = @id and (@after::uuid is null or m.id > @after)
            order by m.id limit @limit
            """, new { id, limit, after }, cancellation);
    }

    public async Task<bool> RenameAsync(Caller caller, Guid id, string title, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var renamed = await transaction.ExecuteAsync("update conversations set title = @title where id = @id", new { id, title }, cancellation);
        await transaction.CommitAsync(cancellation);
        return renamed == 1;
    }

    /// <summary>Removes the conversation, its messages and the text of its answers; what was used stays billed.</summary>
    public async Task<bool> DeleteAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        await transaction.ExecuteAsync("update answers set text = '', reasoning = '', tool_calls = '[]', citations = '[]' where conversation_id = @id", new { id }, cancellation);
        var deleted = await transaction.ExecuteAsync("delete from conversations where id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return deleted == 1;
    }

    /// <summary>The same id for the same person and front-end chat, so that no look-up is needed and no two requests race.</summary>
    private static Guid External(Caller caller, string externalId)
        => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Tenant}\n{caller.UserId}\n{externalId}")).AsSpan(0, 16));

    private static string Title(string question)
    {
        var line = question.ReplaceLineEndings(" ").Trim();
        return line.Length switch
        {
            0 => "…",
            <= LongestTitle => line,
            _ => line[..LongestTitle] + "…",
        };
    }
}

internal sealed record Conversation(Guid Id, string Title, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record StoredMessage(
    Guid Id, string Role, string Content, Guid? AnswerId, string? Model, string? Status, string? Citations, DateTime CreatedAt);
