using LLMoin.Chat.Budgets;
using LLMoin.Chat.Functions.Runs;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Functions.Research;

/// <summary><c>POST /api/chat/runs/research</c>.</summary>
internal static class ResearchApi
{
    public static void MapResearch(this RouteGroupBuilder runs)
        => runs.MapPost("/research", OrderAsync).WithSummary("Answers a question from the chosen sources in rounds of search, with what was not found and how sure it is");

    private static async Task<Results<Accepted<RunView>, ProblemResult>> OrderAsync(
        ResearchOrder order, HttpContext context, Caller caller, RunOrders orders, CancellationToken cancellation)
        => order.Check() is { } wrong ? wrong : await orders.TakeAsync(context, caller, Research.FunctionName, order.Model, order.Question.ReplaceLineEndings(" ").Trim(), order, RunEstimates.Of(order), cancellation);
}
