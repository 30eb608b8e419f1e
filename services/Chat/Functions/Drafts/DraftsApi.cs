using LLMoin.Chat.Budgets;
using LLMoin.Chat.Functions.Runs;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Functions.Drafts;

/// <summary><c>POST /api/chat/runs/draft</c>.</summary>
internal static class DraftsApi
{
    public static void MapDrafts(this RouteGroupBuilder runs)
        => runs.MapPost("/draft", OrderAsync).WithSummary("Writes a letter, e-mail, decision paper, note, invitation, minutes or press note from keywords; what is missing stays visible");

    private static async Task<Results<Accepted<RunView>, ProblemResult>> OrderAsync(DraftOrder order, HttpContext context, Caller caller, RunOrders orders, CancellationToken cancellation)
        => order.Check() is { } wrong ? wrong : await orders.TakeAsync(context, caller, Draft.FunctionName, order.Model, (order.Subject ?? order.Keywords).ReplaceLineEndings(" ").Trim(), order, RunEstimates.Of(order), cancellation);
}
