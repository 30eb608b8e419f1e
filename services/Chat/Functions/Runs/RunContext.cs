using LLMoin.Budgeting;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Budgets;
using LLMoin.Chat.Models;
using LLMoin.Chat.TenantSettings;
using LLMoin.Contracts.Inference;
using Microsoft.Extensions.Options;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>What a function does its work with; each step is done once, whatever happens to the process between.</summary>
internal sealed class RunContext(Run run, RunStore store, RunningAnswers running, ModelCatalog models, TenantSettingsStore settings, BudgetGate budgets, BudgetHold whole, IOptions<ChatOptions> options,
    CancellationToken shutdown) : IDisposable
{
    /// <summary>Between two notes of what is written so far.</summary>
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(shutdown);

    public Run Run => run;

    /// <summary>Its owner wants no more of it; else its end means that another process is to go on.</summary>
    public bool IsStopped { get; private set; }

    public CancellationToken Ending => _ending.Token;

    /// <summary>Most tokens of prompt and answer together; what a model announces that nobody serves just now is not known, and is taken as small.</summary>
    public int ContextTokens => models.Find(run.Tenant, run.Model, ModelKind.Chat) is { ContextTokens: > 0 and var tokens } ? tokens : 4096;

    public void Stop()
    {
        IsStopped = true;
        Leave();
    }

    /// <summary>Another process goes on with it.</summary>
    public void Leave() => _ending.Cancel();

    public void Dispose() => _ending.Dispose();

    public Task ReportAsync(string phase, int? part, int? parts, CancellationToken cancellation) => store.ReportAsync(run, phase, part, parts, cancellation);

    /// <summary>Does the work and keeps what it gives, or gives what it gave before.</summary>
    public async Task<T> OnceAsync<T>(string key, Func<Task<T>> work, CancellationToken cancellation) where T : class
    {
        if (await store.FindStepAsync<T>(run, key, cancellation) is { } before)
            return before;
        var output = await work();
        await store.AddStepAsync(run, key, output, null, cancellation);
        return output;
    }

    /// <summary>Asks the run's model.</summary>
    /// <param name="key">The step's; no two steps of a run share one.</param>
    /// <param name="ask">What is asked.</param>
    /// <param name="cancellation">Stops the model too.</param>
    /// <exception cref="RunFailedException">The model failed, nobody took the question in time, or a budget is spent.</exception>
    public async Task<StepAnswer> AskAsync(string key, Ask ask, CancellationToken cancellation)
    {
        if (await store.FindStepAsync<StepAnswer>(run, key, cancellation) is { } before)
            return before;
        var question = await QuestionAsync(ask, cancellation);
        var (hold, refusal) = budgets.Hold(question, whole);
        if (hold is null)
            throw RunHolds.Spent(refusal!);
        using var held = hold;
        var generation = running.Start(question, hold);
        try
        {
            await FollowAsync(generation, ask, cancellation);
        }
        catch (OperationCanceledException) when (IsStopped || !Ending.IsCancellationRequested)
        {
            // Stopped, or another step has failed; where another process goes on, it asks and bills anew.
            await store.BillAsync(run, generation, CancellationToken.None);
            throw;
        }
        finally
        {
            running.End(generation);
        }

        if (generation.Status == AnswerStatus.Failed)
        {
            await store.BillAsync(run, generation, CancellationToken.None);
            throw generation.Unavailable
                ? new RunFailedException("model-unavailable", $"No worker of '{run.Model}' had room in time.", $"Kein Rechner für „{run.Model}“ hatte rechtzeitig Platz.")
                : new RunFailedException("generation-failed", "The model could not answer.", "Das Modell konnte nicht antworten.");
        }

        var answer = new StepAnswer(generation.Text.Trim(), generation.FinishReason);
        // It is there and has to be paid, whatever has happened meanwhile.
        await store.AddStepAsync(run, key, answer, generation, CancellationToken.None);
        return answer;
    }

    private async Task FollowAsync(Generation generation, Ask ask, CancellationToken cancellation)
    {
        var written = DateTime.MinValue;
        await foreach (var news in generation.RunAsync(cancellation))
        {
            if (!ask.IsShown || news.Kind != AnswerEventKind.Text || generation.HasMore || DateTime.UtcNow - written < WriteEvery)
                continue;
            await store.WriteAsync(run, generation.Text, cancellation);
            written = DateTime.UtcNow;
        }
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task<Question> QuestionAsync(Ask ask, CancellationToken cancellation) => new()
    {
        AnswerId = Guid.CreateVersion7(),
        Tenant = run.Tenant,
        UserId = run.UserId,
        ApiKeyId = run.ApiKeyId,
        Department = run.Department,
        Model = run.Model,
        Purpose = run.Function,
        Messages = await settings.WithPolicyAsync(run.Tenant, [new PromptMessage("system", ask.Prompt.System), new PromptMessage("user", ask.Prompt.User)], cancellation),
        Numbered = ask.Passages,
        Bare = true,
        Priority = ask.IsShown ? Priority.Interactive : Priority.Batch,
        Patience = options.Value.RunPatience,
        Sampling = new Sampling { MaxTokens = ask.MaxTokens, Temperature = ask.Temperature },
        RequestHash = "",
    };
}

/// <param name="Prompt">What it is asked.</param>
/// <param name="Passages">On which it answers, under the numbers by which it cites them.</param>
/// <param name="MaxTokens">Most tokens of the answer; null for as many as fit.</param>
/// <param name="Temperature">Null leaves it to the engine.</param>
/// <param name="IsShown">Its owner watches it being written, and is served like a chat; else it runs in the batch lane.</param>
internal sealed record Ask(FilledPrompt Prompt, IReadOnlyList<Passage> Passages, int? MaxTokens = null, float? Temperature = null, bool IsShown = false);

/// <param name="FinishReason">OpenAI's: <c>length</c> where it was cut off.</param>
internal sealed record StepAnswer(string Text, string? FinishReason);
