using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Conversations.Messages;

/// <summary>
/// A conversation's messages. They form a tree: below a question stand its answers, below an answer the questions that followed, and a
/// branch is the way from the beginning to one message.
/// </summary>
internal sealed class MessageStore(TenantDatabase database)
{
    /// <summary>Those of all branches, oldest first.</summary>
    public async Task<IReadOnlyList<StoredMessage>> AllAsync(Caller caller, Guid conversationId, int limit, Guid? after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<StoredMessage>(
            StoredMessage.Select + " where m.conversation_id = @conversationId and (@after::uuid is null or m.id > @after) order by m.id limit @limit",
            new { conversationId, limit, after }, cancellation);
    }

    /// <summary>Those from the beginning to <paramref name="leaf"/>; none where that is no message of the conversation.</summary>
    public async Task<IReadOnlyList<StoredMessage>> BranchAsync(
        Caller caller, Guid conversationId, Guid leaf, int limit, Guid? after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<StoredMessage>(
            $"""
             with recursive branch as (
               select id, parent_id, 0 as above from messages where conversation_id = @conversationId and id = @leaf
               union all
               select m.id, m.parent_id, above + 1 from messages m join branch on m.conversation_id = @conversationId and m.id = branch.parent_id)
             {StoredMessage.Select} join branch on branch.id = m.id
             where @after::uuid is null or branch.above < (select above from branch where id = @after)
             order by branch.above desc limit @limit
             """, new { conversationId, leaf, limit, after }, cancellation);
    }
}
