using System.Text.Json;
using LLMoin.Chat.Sources;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Conversations;

/// <summary><c>/api/chat/conversations</c>: one's own, read back, renamed, deleted.</summary>
internal static class ConversationsApi
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/conversations").WithTags("Conversations");
        group.MapGet("/", ListAsync).WithSummary("Own conversations, last used first");
        group.MapGet("/{id:guid}", GetAsync).WithSummary("One conversation");
        group.MapGet("/{id:guid}/messages", MessagesAsync).WithSummary("Its messages, oldest first, with citations");
        group.MapPatch("/{id:guid}", RenameAsync).WithSummary("Gives it another title");
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes it with all its text");
    }

    private static async Task<Results<Ok<Page<Conversation>>, ProblemResult>> ListAsync(
        Caller caller, ConversationStore store, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
        => Page.Check(limit) is { } wrong
            ? wrong
            : TypedResults.Ok(Page.Of(await store.ListAsync(caller, limit + 1, after, cancellation), limit, conversation => conversation.Id.ToString()));

    private static async Task<Results<Ok<Conversation>, ProblemResult>> GetAsync(Guid id, Caller caller, ConversationStore store, CancellationToken cancellation)
        => await store.FindAsync(caller, id, cancellation) is { } found ? TypedResults.Ok(found) : NotThere();

    private static async Task<Results<Ok<Page<Message>>, ProblemResult>> MessagesAsync(
        Guid id, Caller caller, ConversationStore store, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } wrong)
            return wrong;
        if (await store.FindAsync(caller, id, cancellation) is null)
            return NotThere();
        var messages = await store.MessagesAsync(caller, id, limit + 1, after, cancellation);
        return TypedResults.Ok(Page.Of([.. messages.Select(Message.Of)], limit, message => message.Id.ToString()));
    }

    private static async Task<Results<NoContent, ProblemResult>> RenameAsync(Guid id, Rename rename, Caller caller, ConversationStore store, CancellationToken cancellation)
    {
        if (rename.Title.Trim().Length is 0 or > 200)
            return new ProblemResult(ProblemType.InvalidRequest, "A title has 1 to 200 characters.", "title");
        return await store.RenameAsync(caller, id, rename.Title.Trim(), cancellation) ? TypedResults.NoContent() : NotThere();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(Guid id, Caller caller, ConversationStore store, CancellationToken cancellation)
        => await store.DeleteAsync(caller, id, cancellation) ? TypedResults.NoContent() : NotThere();

    private static ProblemResult NotThere() => new(ProblemType.NotFound, "The conversation is not there.");

    private sealed record Rename(string Title);

    private sealed record Message(
        Guid Id, string Role, string Content, Guid? AnswerId, string? Model, string? Status, IReadOnlyList<Citation> Citations, DateTime CreatedAt)
    {
        public static Message Of(StoredMessage stored) => new(
            stored.Id, stored.Role, stored.Content, stored.AnswerId, stored.Model, stored.Status,
            stored.Citations is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<Citation>>(stored.Citations, JsonSerializerOptions.Web)!, stored.CreatedAt);
    }
}
