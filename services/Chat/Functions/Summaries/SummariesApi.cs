using LLMoin.Chat.Budgets;
using LLMoin.Chat.Functions.Runs;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Functions.Summaries;

/// <summary><c>POST /api/chat/runs/summarise</c>.</summary>
internal static class SummariesApi
{
    public static void MapSummaries(this RouteGroupBuilder runs)
        => runs.MapPost("/summarise", OrderAsync).WithSummary("Summarises documents or a text whole, with the page of every statement and a report of what was read");

    private static async Task<Results<Accepted<RunView>, ProblemResult>> OrderAsync(
        SummaryOrder order, HttpContext context, Caller caller, RunOrders orders, CancellationToken cancellation)
        => order.Check() is { } wrong ? wrong : await orders.TakeAsync(context, caller, Summarise.FunctionName, order.Model, Title(order), order, RunEstimates.Of(order), cancellation);

    private static string Title(SummaryOrder order)
    {
        var named = order.Focus ?? order.Text ?? "";
        var line = named.ReplaceLineEndings(" ").Trim();
        return line.Length > 0 ? line : order.Language == "en" ? "Summary" : "Zusammenfassung";
    }
}
