using LLMoin.Chat.Budgets;
using LLMoin.Chat.Functions.Runs;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Functions.Translations;

/// <summary><c>POST /api/chat/runs/translate</c>.</summary>
internal static class TranslationsApi
{
    public static void MapTranslations(this RouteGroupBuilder runs)
        => runs.MapPost("/translate", OrderAsync).WithSummary("Translates a text or a document, or says it more simply; figures, dates, names and formatting are compared afterwards");

    private static async Task<Results<Accepted<RunView>, ProblemResult>> OrderAsync(
        TranslationOrder order, HttpContext context, Caller caller, RunOrders orders, CancellationToken cancellation)
    {
        if (order.Check() is { } wrong)
            return wrong;
        var title = order.Text is { } text ? text.TrimStart('#', ' ', '\n', '\r').Split('\n')[0].Trim() : TranslationOrder.Languages[order.Target];
        return await orders.TakeAsync(context, caller, Translate.FunctionName, order.Model, title, order, RunEstimates.Of(order), cancellation);
    }
}
