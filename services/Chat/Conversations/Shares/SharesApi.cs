using LLMoin.Chat.Conversations.Messages;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Conversations.Shares;

/// <summary>
/// Links to a copy of a branch, for signed-in staff of the same tenant who have the link: what was shared does not change when the
/// conversation goes on, and ends with the link's time, its withdrawal or the conversation.
/// </summary>
internal static class SharesApi
{
    private const int DefaultDays = 30;
    private const int MostDays = 365;
    private const int MostShares = 50;
    private const int MostMessages = 1000;

    /// <summary>Longest copy, in UTF-16 code units of all messages together.</summary>
    private const int LongestCopy = 2_000_000;

    private static readonly ProblemType Full = new("share-limit", 409, "There are as many links as there may be", "Die Höchstzahl an Links ist erreicht");

    public static void MapShares(this IEndpointRouteBuilder conversations)
    {
        conversations.MapPost("/{id:guid}/shares", ShareAsync).WithSummary("A link to a copy of the open branch, or of the one up to a message")
            .WithDescription("The token is told this once. Staff of the same tenant who have it read the copy at /api/chat/shares/{token}.");
        conversations.MapGet("/{id:guid}/shares", ListAsync).WithSummary("Its links, newest first");
        conversations.MapDelete("/{id:guid}/shares/{share:guid}", WithdrawAsync).WithSummary("Withdraws a link");
    }

    public static void MapShared(this IEndpointRouteBuilder routes)
        => routes.MapGet("/api/chat/shares/{token}", ReadAsync).WithTags("Conversations").RequireAuthorization(policy => policy.RequireRole(Roles.Staff))
            .WithSummary("What a colleague has shared").WithDescription("For staff of the tenant in which it was shared.");

    private static async Task<Results<Created<NewShare>, ProblemResult>> ShareAsync(
        Guid id, ShareRequest asked, Caller caller, ConversationStore conversations, MessageStore messages, ShareStore shares, TimeProvider clock, CancellationToken cancellation)
    {
        if (asked.ExpiresInDays is < 1 or > MostDays)
            return new ProblemResult(ProblemType.InvalidRequest, $"Between 1 and {MostDays}.", "expiresInDays", $"Zwischen 1 und {MostDays}.");
        if (await conversations.FindAsync(caller, id, cancellation) is not { } conversation)
            return ConversationsApi.NotThere();
        if ((asked.MessageId ?? conversation.LeafId) is not { } leaf)
            return new ProblemResult(ProblemType.InvalidRequest, "The conversation has no message yet.", "messageId", "Die Unterhaltung hat noch keine Nachricht.");
        var branch = await messages.BranchAsync(caller, id, leaf, MostMessages + 1, null, cancellation);
        if (branch.Count == 0)
            return new ProblemResult(ProblemType.NotFound, "The conversation has no such message.", "messageId", "Diese Nachricht hat die Unterhaltung nicht.");
        if (branch.Count > MostMessages || branch.Sum(message => message.Content.Length) > LongestCopy)
            return new ProblemResult(ProblemType.InvalidRequest, $"At most {MostMessages} messages of {LongestCopy} characters together can be shared; name an earlier one.", "messageId",
                $"Höchstens {MostMessages} Nachrichten mit zusammen {LongestCopy} Zeichen können geteilt werden; bitte eine frühere wählen.");

        var token = ShareToken.New();
        var expiresAt = clock.GetUtcNow().UtcDateTime.AddDays(asked.ExpiresInDays ?? DefaultDays);
        return await shares.AddAsync(caller, id, token, [.. branch.Select(SharedMessage.Of)], expiresAt, MostShares, cancellation) is { } share
            ? TypedResults.Created($"/api/chat/shares/{token}", new NewShare(share.Id, token, share.Messages, share.CreatedAt, share.ExpiresAt))
            : new ProblemResult(Full, $"The limit is {MostShares} for a conversation; withdraw one.", null,
                $"Die Höchstzahl je Unterhaltung ist {MostShares}; bitte einen Link zurückziehen.");
    }

    private static async Task<Results<Ok<Page<Share>>, ProblemResult>> ListAsync(
        Guid id, Caller caller, ConversationStore conversations, ShareStore shares, CancellationToken cancellation)
        => await conversations.FindAsync(caller, id, cancellation) is null
            ? ConversationsApi.NotThere()
            : TypedResults.Ok(new Page<Share>(await shares.ListAsync(caller, id, cancellation), null));

    private static async Task<Results<NoContent, ProblemResult>> WithdrawAsync(Guid id, Guid share, Caller caller, ShareStore shares, CancellationToken cancellation)
        => await shares.WithdrawAsync(caller, id, share, cancellation) ? TypedResults.NoContent() : new ProblemResult(ProblemType.NotFound, "The link is not there.", null,
            "Den Link gibt es nicht.");

    private static async Task<Results<Ok<SharedConversation>, ProblemResult>> ReadAsync(
        string token, Caller caller, ShareStore shares, HttpResponse response, CancellationToken cancellation)
    {
        response.Headers.CacheControl = "no-store";
        return token.Length == ShareToken.Length && await shares.ReadAsync(caller, token, cancellation) is { } shared
            ? TypedResults.Ok(shared)
            : new ProblemResult(ProblemType.NotFound, "Nothing is shared under this link, or no longer.", null, "Unter diesem Link ist nichts geteilt, oder nicht mehr.");
    }

    /// <param name="MessageId">The last message shown; the end of the open branch where absent.</param>
    /// <param name="ExpiresInDays">1 to 365; 30 where absent.</param>
    internal sealed record ShareRequest(Guid? MessageId, int? ExpiresInDays);

    /// <param name="Token">The secret part of the link.</param>
    /// <param name="Messages">Their number.</param>
    internal sealed record NewShare(Guid Id, string Token, int Messages, DateTime CreatedAt, DateTime ExpiresAt);
}
