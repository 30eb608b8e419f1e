using System.Text.Json;
using LLMoin.Budgeting;
using LLMoin.Chat.Budgets;
using LLMoin.Chat.Models;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>Takes an order for longer work: what every function's route does once it has checked its own fields.</summary>
internal sealed class RunOrders(ModelCatalog models, RunStore store, RunReader reader, RunWorker worker, BudgetGate budgets, RunHolds holds)
{
    private const int LongestTitle = 120;

    private static readonly ProblemResult TooMany = new(
        ProblemType.TooManyRequests, $"You have {RunStore.MostOpen} open runs; wait for one to end, or stop one.", null,
        $"Sie haben {RunStore.MostOpen} offene Vorgänge; warten Sie, bis einer fertig ist, oder beenden Sie einen.");

    public async Task<Results<Accepted<RunView>, ProblemResult>> TakeAsync<T>(
        HttpContext context, Caller caller, string function, string model, string title, T order, TokenAmount estimate, CancellationToken cancellation)
    {
        if (models.Find(caller.Tenant, model, ModelKind.Chat) is null)
            return new ProblemResult(ProblemType.InvalidRequest, $"'{model}' is not among your models; GET /v1/models lists them.", "model",
                $"„{model}“ ist keines Ihrer Modelle; GET /v1/models nennt sie.");
        var run = new Run(
            Guid.CreateVersion7(), caller.Tenant, caller.UserId, caller.ApiKeyId, function, title.Length <= LongestTitle ? title : title[..LongestTitle] + "…", model,
            JsonSerializer.Serialize(order, RunJson.Options), caller.FirstDepartment, context.Request.Headers[Delegation.Header], DateTime.UtcNow);
        var (hold, refusal) = budgets.Hold(run, estimate);
        if (hold is null)
            return refusal!.Problem;
        try
        {
            if (!await store.AddAsync(run, estimate, cancellation))
            {
                hold.Dispose();
                return TooMany;
            }
        }
        catch
        {
            hold.Dispose();
            throw;
        }
        holds.Keep(hold);
        worker.Ordered();
        return TypedResults.Accepted($"/api/chat/runs/{run.Id}", await reader.FindAsync(caller, run.Id, cancellation));
    }
}
