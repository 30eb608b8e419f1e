using LLMoin.Chat.Models;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Streams;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Workers;

/// <summary><c>/api/chat/workers</c>: the operator sees the workers as they announce themselves, and says which models they shall hold.</summary>
internal static class WorkersApi
{
    private const int LongestModel = 200;

    public static void MapWorkers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/workers").WithTags("Workers").RequireAuthorization(policy => policy.RequireRole(Roles.Operator));
        group.MapGet("/", List).WithSummary("Workers with their models and load").WithDescription("For operators.");
        group.MapPost("/{id}/models", LoadAsync).WithSummary("Has a worker load a model").WithDescription("For operators. What comes of it stands in the worker's list.");
        group.MapDelete("/{id}/models/{model}", UnloadAsync).WithSummary("Has a worker give a model up").WithDescription("For operators. Answers that run on it end first.");
    }

    private static Ok<Page<Worker>> List(ModelCatalog models)
        => TypedResults.Ok(new Page<Worker>([.. models.Workers.Select(worker => Worker.Of(worker, models.IsAlive(worker)))], null));

    private static async Task<Results<Accepted, ProblemResult>> LoadAsync(
        string id, Load load, ModelCatalog models, Broadcasts broadcasts, CancellationToken cancellation)
    {
        if (load.Model is not { Length: > 0 and <= LongestModel })
            return new ProblemResult(ProblemType.InvalidRequest, $"A model's id has 1 to {LongestModel} characters.", "model",
                $"Die Kennung eines Modells hat 1 bis {LongestModel} Zeichen.");
        return Missing(id, models) ?? await SendAsync(broadcasts.PublishAsync(
            new ModelLoadRequested { WorkerId = id, Model = load.Model }, ContractJson.Default.ModelLoadRequested, cancellation));
    }

    private static async Task<Results<Accepted, ProblemResult>> UnloadAsync(
        string id, string model, ModelCatalog models, Broadcasts broadcasts, CancellationToken cancellation)
        => Missing(id, models) ?? await SendAsync(broadcasts.PublishAsync(
            new ModelUnloadRequested { WorkerId = id, Model = model }, ContractJson.Default.ModelUnloadRequested, cancellation));

    private static ProblemResult? Missing(string id, ModelCatalog models)
        => models.Workers.Any(worker => worker.Announced.WorkerId == id && models.IsAlive(worker)) ? null : new(ProblemType.NotFound, "There is no such worker.", null,
            "Diesen Inferenzdienst gibt es nicht.");

    private static async Task<Results<Accepted, ProblemResult>> SendAsync(Task<bool> sent)
        => await sent ? TypedResults.Accepted("/api/chat/workers") : new ProblemResult(ProblemType.Unavailable, "The broker does not answer.", null,
            "Der Nachrichtenvermittler antwortet nicht.");

    internal sealed record Load(string Model);

    /// <param name="Id">As configured (<c>Inference:WorkerId</c>), by default host and process.</param>
    /// <param name="Models">What it serves.</param>
    /// <param name="Loading">What it does not serve yet, or could not load.</param>
    /// <param name="Slots">Answers that it writes at once.</param>
    /// <param name="Alive">Heard of within the last seconds.</param>
    /// <param name="MemoryBytes">What models and caches take.</param>
    internal sealed record Worker(
        string Id, IReadOnlyList<Model> Models, IReadOnlyList<NotServed> Loading, int Slots, int Running, int Waiting, double? TokensPerSecond,
        string? Device, long? MemoryBytes, long? MemoryBudgetBytes, bool Alive, DateTimeOffset LastSeenAt)
    {
        public static Worker Of(WorkerSeen seen, bool alive)
        {
            var announced = seen.Announced;
            return new(
                announced.WorkerId, [.. announced.Models.Select(Model.Of)], [.. (announced.Loading ?? []).Select(NotServed.Of)], announced.Slots, announced.Running, announced.Waiting, announced.TokensPerSecond,
                announced.Device, announced.MemoryBytes, announced.MemoryBudgetBytes, alive, seen.SeenAt);
        }
    }

    /// <param name="Kind"><c>chat</c>, <c>embedding</c> or <c>rerank</c>.</param>
    internal sealed record Model(string Id, string Kind, int ContextTokens, bool Json, bool Tools, string? PriceClass)
    {
        public static Model Of(ServedModel model) => new(model.Id, model.Kind.ToString().ToLowerInvariant(), model.ContextTokens, model.Json, model.Tools, model.PriceClass);
    }

    /// <param name="State"><c>loading</c> or <c>failed</c>.</param>
    /// <param name="Reason">Why it failed.</param>
    internal sealed record NotServed(string Model, string State, string? Reason)
    {
        public static NotServed Of(ModelLoading loading) => new(loading.Model, loading.State.ToString().ToLowerInvariant(), loading.Reason);
    }
}
