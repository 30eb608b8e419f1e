using LLMoin.Chat.Conversations.Folders;
using LLMoin.Chat.Conversations.Messages;
using LLMoin.Chat.Conversations.Searches;
using LLMoin.Chat.Conversations.Shares;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace LLMoin.Chat.Conversations;

/// <summary><c>/api/chat/conversations</c>: one's own, put in order, read back, found again, shared, deleted.</summary>
internal static class ConversationsApi
{
    private const int LongestTitle = 200;
    private const int MostDocuments = 100;

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/conversations").WithTags("Conversations");
        group.MapGet("/", ListAsync).WithSummary("Own conversations: pinned ones first, then last used first")
            .WithDescription("archived=true lists those put away; folder is a folder's id, or none for those in no folder.");
        group.MapPost("/", CreateAsync).WithSummary("An empty conversation, to which documents can be attached before the first question");
        group.MapGet("/{id:guid}", GetAsync).WithSummary("One conversation");
        group.MapPatch("/{id:guid}", ChangeAsync).WithSummary("Renames, pins, puts away, or opens another of its branches");
        group.MapPut("/{id:guid}/folder", FileAsync).WithSummary("Puts it into a folder, or with null out of it");
        group.MapPut("/{id:guid}/documents", AttachAsync).WithSummary("The documents from which its questions are answered where they name no sources");
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes it with all its text and what was shared of it");
        group.MapMessages();
        group.MapSearch();
        group.MapShares();
        routes.MapFolders();
        routes.MapShared();
    }

    public static ProblemResult NotThere() => new(ProblemType.NotFound, "The conversation is not there.", null, "Die Unterhaltung gibt es nicht.");

    private static async Task<Results<Ok<Page<Conversation>>, ProblemResult>> ListAsync(
        Caller caller, ConversationStore store, CancellationToken cancellation,
        string? folder = null, bool archived = false, int limit = Page.DefaultLimit, Guid? after = null)
    {
        var unfiled = folder == "none";
        var id = Guid.TryParse(folder, out var parsed) ? parsed : (Guid?)null;
        if (folder is not null && !unfiled && id is null)
            return new ProblemResult(ProblemType.InvalidRequest, "It is a folder's id or none.", "folder", "Es ist die Kennung eines Ordners oder none.");
        return Page.Check(limit) is { } wrong
            ? wrong
            : TypedResults.Ok(Page.Of(
                await store.ListAsync(caller, new ConversationFilter(archived, id, unfiled), limit + 1, after, cancellation), limit, conversation => conversation.Id.ToString()));
    }

    private static async Task<Results<Ok<Conversation>, ProblemResult>> GetAsync(Guid id, Caller caller, ConversationStore store, CancellationToken cancellation)
        => await store.FindAsync(caller, id, cancellation) is { } found ? TypedResults.Ok(found) : NotThere();

    private static async Task<Results<Created<Conversation>, ProblemResult>> CreateAsync(
        NewConversation asked, Caller caller, ConversationStore store, CancellationToken cancellation)
    {
        if (asked.Title is not null && !IsTitle(asked.Title))
            return WrongTitle();
        if (asked.DocumentIds?.Count > MostDocuments)
            return TooManyDocuments();
        return await store.CreateAsync(caller, asked.Title?.Trim() ?? "", asked.FolderId, Distinct(asked.DocumentIds), cancellation) is { } created
            ? TypedResults.Created($"/api/chat/conversations/{created.Id}", created)
            : FoldersApi.NotThere("folderId");
    }

    private static async Task<Results<NoContent, ProblemResult>> ChangeAsync(
        Guid id, ConversationChange change, Caller caller, ConversationStore store, CancellationToken cancellation)
    {
        if (change.Title is not null && !IsTitle(change.Title))
            return WrongTitle();
        try
        {
            return await store.ChangeAsync(caller, id, change with { Title = change.Title?.Trim() }, cancellation) ? TypedResults.NoContent() : NotThere();
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return new ProblemResult(ProblemType.NotFound, "The conversation has no such message.", "leafId", "Diese Nachricht hat die Unterhaltung nicht.");
        }
    }

    private static async Task<Results<NoContent, ProblemResult>> FileAsync(Guid id, Place place, Caller caller, ConversationStore store, CancellationToken cancellation)
    {
        try
        {
            return await store.FileAsync(caller, id, place.FolderId, cancellation) ? TypedResults.NoContent() : NotThere();
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return FoldersApi.NotThere("folderId");
        }
    }

    private static async Task<Results<NoContent, ProblemResult>> AttachAsync(
        Guid id, Attachments attachments, Caller caller, ConversationStore store, CancellationToken cancellation)
    {
        if (attachments.DocumentIds.Count > MostDocuments)
            return TooManyDocuments();
        return await store.AttachAsync(caller, id, Distinct(attachments.DocumentIds), cancellation) ? TypedResults.NoContent() : NotThere();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(Guid id, Caller caller, ConversationStore store, CancellationToken cancellation)
        => await store.DeleteAsync(caller, id, cancellation) ? TypedResults.NoContent() : NotThere();

    private static bool IsTitle(string title) => title.Trim().Length is > 0 and <= LongestTitle && !title.Any(char.IsControl);

    private static ProblemResult WrongTitle() => new(ProblemType.InvalidRequest, $"A title has 1 to {LongestTitle} characters on one line.", "title",
        $"Ein Titel hat 1 bis {LongestTitle} Zeichen in einer Zeile.");

    private static ProblemResult TooManyDocuments() => new(ProblemType.InvalidRequest, $"At most {MostDocuments} documents can be attached.", "documentIds",
        $"Höchstens {MostDocuments} Dokumente können angehängt werden.");

    private static Guid[] Distinct(IReadOnlyList<Guid>? ids) => [.. (ids ?? []).Distinct()];

    /// <param name="Title">Made from the first question where absent.</param>
    /// <param name="FolderId">One's own.</param>
    /// <param name="DocumentIds">At most 100.</param>
    internal sealed record NewConversation(string? Title, Guid? FolderId, IReadOnlyList<Guid>? DocumentIds);

    /// <param name="FolderId">Null takes it out of its folder.</param>
    internal sealed record Place(Guid? FolderId);

    /// <param name="DocumentIds">All of them from now on, at most 100.</param>
    internal sealed record Attachments(IReadOnlyList<Guid> DocumentIds);
}
