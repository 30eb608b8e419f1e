using System.Text.Json;
using LLMoin.Chat.Sources;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Conversations;

/// <summary><c>/api/chat/conversations</c>: one's own, read back, renamed, deleted.</summary>
internal static class ConversationsApi
{
    private const int MostPerPage = 200;

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/conversations").WithTags("Conversations");
        group.MapGet("/", ListAsync).WithSummary("Own conversations, last used first");
        group.MapGet("/{id:guid}", GetAsync).WithSummary("One conversation");
        group.MapGet("/{id:guid}/messages", MessagesAsync).WithSummary("Its messages, oldest first, with citations");
        group.MapPatch("/{id:guid}", RenameAsync).WithSummary("Gives it another title");
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes it with all its text");
    }

    private static async Task<Ok<Page<Conversation>>> ListAsync(Caller caller, ConversationStore store, CancellationToken cancellation, int limit = 50, Guid? after = null)
    {
        var items = await store.ListAsync(caller, Bound(limit), after, cancellation);
        return TypedResults.Ok(new Page<Conversation>(items, items.Count == Bound(limit) ? items[^1].Id : null));
    }

    private static async Task<Results<Ok<Conversation>, ProblemResult>> GetAsync(Guid id, Caller caller, ConversationStore store, CancellationToken cancellation)
        => await store.FindAsync(caller, id, cancellation) is { } found ? TypedResults.Ok(found) : NotThere();

    private static async Task<Results<Ok<Page<Message>>, ProblemResult>> MessagesAsync(
        Guid id, Caller caller, ConversationStore store, CancellationToken cancellation, int limit = 100, Guid? after = null)
    {
        if (await store.FindAsync(caller, id, cancellation) is null)
            return NotThere();
        var messages = await store.MessagesAsync(caller, id, Bound(limit), after, cancellation);
        return TypedResults.Ok(new Page<Message>([.. messages.Select(Message.Of)], messages.Count == Bound(limit) ? messages[^1].Id : null));
    }

    private static async Task<Results<NoContent, ProblemResult>> RenameAsync(Guid id, Rename rename, Caller caller, ConversationStore store, CancellationToken cancellation)
    {
        if (rename.Title.Trim().Length is 0 or > 200)
            return new ProblemResult(ProblemType.InvalidRequest, "A title has 1 to 200 characters.", "title");
        return await store.RenameAsync(caller, id, rename.Title.Trim(), cancellation) ? TypedResults.NoContent() : NotThere();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(Guid id, Caller caller, ConversationStore store, CancellationToken cancellation)
        => await store.DeleteAsync(caller, id, cancellation) ? TypedResults.NoContent() : NotThere();

    private static int Bound(int limit) => Math.Clamp(limit, 1, MostPerPage);

    private static ProblemResult NotThere() => new(ProblemType.NotFound, "The conversation is not there.");

    private sealed record Rename(string Title);

    /// <param name="Items">In order.</param>
    /// <param name="After">Give this as <c>after</c> for the next page; null on the last.</param>
    private sealed record Page<T>(IReadOnlyList<T> Items, Guid? After);

    private sealed record Message(
        Guid Id, string Role, string Content, Guid? AnswerId, string? Model, string? Status, IReadOnlyList<Citation> Citations, DateTime CreatedAt)
    {
        public static Message Of(StoredMessage stored) => new(
            stored.Id, stored.Role, stored.Content, stored.AnswerId, stored.Model, stored.Status,
            stored.Citations is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<Citation>>(stored.Citations, JsonSerializerOptions.Web)!, stored.CreatedAt);
    }
}
