using System.Text.Json;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Conversations.Messages;

/// <summary><c>/api/chat/conversations/{id}/messages</c>.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder conversations)
        => conversations.MapGet("/{id:guid}/messages", ListAsync)
            .WithSummary("Its messages with citations: those of all branches, oldest first, or one branch")
            .WithDescription("leaf is the last message of a branch; without it parentId tells the branches apart.");

    private static async Task<Results<Ok<Page<Message>>, ProblemResult>> ListAsync(
        Guid id, Caller caller, ConversationStore conversations, MessageStore store, CancellationToken cancellation,
        Guid? leaf = null, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } wrong)
            return wrong;
        if (await conversations.FindAsync(caller, id, cancellation) is null)
            return ConversationsApi.NotThere();
        var messages = leaf is { } end
            ? await store.BranchAsync(caller, id, end, limit + 1, after, cancellation)
            : await store.AllAsync(caller, id, limit + 1, after, cancellation);
        if (leaf is not null && after is null && messages.Count == 0)
            return new ProblemResult(ProblemType.NotFound, "The conversation has no such message.", "leaf", "Diese Nachricht hat die Unterhaltung nicht.");
        return TypedResults.Ok(Page.Of([.. messages.Select(Message.Of)], limit, message => message.Id.ToString()));
    }

    /// <param name="ParentId">The message that it follows; null at the beginning.</param>
    /// <param name="Rating"><c>up</c>, <c>down</c>, or null where the answer is not rated.</param>
    internal sealed record Message(
        Guid Id, Guid? ParentId, string Role, string Content, Guid? AnswerId, string? Model, string? Status, IReadOnlyList<Citation> Citations,
        IReadOnlyList<Doubt> Doubts, string? Rating, DateTime CreatedAt)
    {
        public static Message Of(StoredMessage stored) => new(
            stored.Id, stored.ParentId, stored.Role, stored.Content, stored.AnswerId, stored.Model, stored.Status,
            Read<Citation>(stored.Citations), Read<Doubt>(stored.Doubts), stored.Rating, stored.CreatedAt);

        private static IReadOnlyList<T> Read<T>(string? json) => json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<T>>(json, JsonSerializerOptions.Web)!;
    }
}
