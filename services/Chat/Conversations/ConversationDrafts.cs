using System.Security.Cryptography;
using System.Text;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Completions;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Conversations;

/// <summary>Finds the place of a request's question among one's conversations.</summary>
internal sealed class ConversationDrafts(ConversationStore conversations, TenantDatabase database)
{
    private const int LongestExternalId = 200;

    /// <summary>
    /// The conversation named, the front-end's own by its id, or a new one, and the place in it; no draft where nothing shall be stored.
    /// </summary>
    public async Task<(ConversationDraft? Draft, ProblemResult? Problem)> DraftAsync(
        Caller caller, CompletionRequest request, string externalId, CancellationToken cancellation)
    {
        if (request.Store == false)
            return (null, null);

        var messages = PromptMessages.Of(request);
        var title = ConversationTitle.From(messages.Last(message => message.Role == "user").Content);
        var id = request.ConversationId ?? (externalId.Length is > 0 and <= LongestExternalId ? External(caller, externalId) : null);
        if (id is null)
            return (new ConversationDraft(Guid.CreateVersion7(), title), null);

        var found = await conversations.FindAsync(caller, id.Value, cancellation);
        if (found is null && request.ConversationId is not null)
            return (null, new ProblemResult(ProblemType.NotFound, "The conversation is not there.", "conversation_id", "Die Unterhaltung gibt es nicht."));
        var draft = new ConversationDraft(id.Value, title) { AtLeaf = true, DocumentIds = found?.DocumentIds ?? [] };
        return request.ParentMessageId is { } parent
            ? await PlaceAsync(caller, draft with { AtLeaf = false }, parent, messages[^1] is { Role: "user" } asked ? Storable.Text(asked.Content) : null, cancellation)
            : (draft, null);
    }

    /// <param name="caller">Whose conversation it is.</param>
    /// <param name="draft">The conversation.</param>
    /// <param name="parent">A message of it, or its own id for its beginning.</param>
    /// <param name="question">Null where the request ends with the result of a tool.</param>
    /// <param name="cancellation">Ends the request.</param>
    private async Task<(ConversationDraft?, ProblemResult?)> PlaceAsync(
        Caller caller, ConversationDraft draft, Guid parent, string? question, CancellationToken cancellation)
    {
        if (parent == draft.Id)
            return (draft, null);
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var message = await transaction.SingleAsync<Parent>(
            "select role, content is not distinct from @question as asked from messages where conversation_id = @Id and id = @parent", new { draft.Id, parent, question }, cancellation);
        return message switch
        {
            null => (null, new ProblemResult(ProblemType.NotFound, "The conversation has no such message.", "parent_message_id",
                "Diese Nachricht hat die Unterhaltung nicht.")),
            { Role: "user", Asked: false } when question is not null => (null, new ProblemResult(
                ProblemType.InvalidRequest, "To have a question answered again send it as it was; to change it name the message that it follows.", "parent_message_id")),
            _ => (draft with { ParentId = parent, AnswersAgain = message.Role == "user" }, null),
        };
    }

    /// <summary>The same id for the same person and front-end chat, so that no two requests race.</summary>
    private static Guid External(Caller caller, string externalId)
        => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Tenant}\n{caller.UserId}\n{externalId}")).AsSpan(0, 16));

    private sealed record Parent(string Role, bool Asked);
}
