using System.Collections.Concurrent;
using LLMoin.Budgeting;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMoin.Chat.Answers.Following;

/// <summary>
/// The answers that this instance writes: each is run to its end and stored by a task of its own, whoever reads it meanwhile. Nobody is told
/// "done" before it is stored.
/// </summary>
internal sealed partial class OpenAnswers(
    RunningAnswers running, AnswerStore store, Broadcasts broadcasts, IOptions<ChatOptions> options, ILogger<OpenAnswers> logger) : BackgroundService
{
    /// <summary>Waits between tries to store a finished answer while the database is away.</summary>
    private static readonly TimeSpan[] StoreRetries = [.. new[] { 0.2, 1, 2, 4, 8 }.Select(TimeSpan.FromSeconds)];

    /// <summary>Answers that may go on without a reader at once, for one person.</summary>
    private const int MostUnread = 4;

    private readonly ConcurrentDictionary<Guid, OpenAnswer> _open = [];

    /// <summary>Begins to write an answer.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="hold">What budgets hold for it; ended here.</param>
    /// <param name="resumable">Its reader may come back: it goes on for a while without one.</param>
    public OpenAnswer Open(Question question, BudgetHold hold, bool resumable)
    {
        var answer = new OpenAnswer(running.Start(question, hold), resumable ? options.Value.UnreadFor : TimeSpan.Zero);
        if (resumable)
            EndOldestUnread(question);
        _open[question.AnswerId] = answer;
        answer.Run = RunAsync(answer, hold);
        return answer;
    }

    /// <summary>Null where it is over, or another instance writes it. Only for who may read it.</summary>
    public OpenAnswer? Find(Guid id) => _open.GetValueOrDefault(id);

    /// <summary>Somebody waits here for an answer that another instance writes.</summary>
    public Task AwaitAsync(Guid id, CancellationToken cancellation)
        => broadcasts.PublishAsync(new AnswerAwaited { AnswerId = id }, ContractJson.Default.AnswerAwaited, cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => broadcasts.SubscribeAsync(ContractJson.Default.AnswerAwaited, awaited => Find(awaited.AnswerId)?.Await(), stoppingToken);

    /// <summary>Those that are still read have ended by now, with the requests that read them; of the others what is there is stored.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var answer in _open.Values)
            answer.Abandon();
        await Task.WhenAll(_open.Values.Select(answer => answer.Run));
        await base.StopAsync(cancellationToken);
    }

    private async Task RunAsync(OpenAnswer answer, BudgetHold hold)
    {
        using var held = hold;
        var generation = answer.Generation;
        try
        {
            await foreach (var news in generation.RunAsync(answer.Abandoned))
                answer.Take(news);
        }
        catch (OperationCanceledException) when (answer.Abandoned.IsCancellationRequested)
        {
            // Its readers are gone; what was generated is stored and billed all the same.
        }
        catch (Exception exception)
        {
            generation.FailInternally();
            LogFailed(exception, generation.Question.AnswerId);
        }
        finally
        {
            running.End(generation);
        }
        var stored = await StoreAsync(generation);
        answer.End(stored);
        _open.TryRemove(generation.Question.AnswerId, out _);
        answer.Dispose();
    }

    private async Task<bool> StoreAsync(Generation generation)
    {
        foreach (var wait in StoreRetries.Append(TimeSpan.Zero))
        {
            try
            {
                return await store.FinishAsync(generation, CancellationToken.None);
            }
            catch (NpgsqlException exception)
            {
                LogNotStored(exception, generation.Question.AnswerId);
                await Task.Delay(wait);
            }
        }
        return false;
    }

    /// <summary>Who only asks and goes does not keep the workers busy for long.</summary>
    private void EndOldestUnread(Question question)
    {
        var unread = _open.Values
            .Where(answer => answer.LeftAt is not null && (answer.Generation.Question.Tenant, answer.Generation.Question.UserId) == (question.Tenant, question.UserId))
            .OrderBy(answer => answer.LeftAt).ToList();
        foreach (var answer in unread.SkipLast(MostUnread - 1))
            answer.Abandon();
    }

    [LoggerMessage(LogLevel.Error, "Answer {AnswerId} could not be generated")]
    private partial void LogFailed(Exception exception, Guid answerId);

    [LoggerMessage(LogLevel.Warning, "Answer {AnswerId} is not stored yet")]
    private partial void LogNotStored(Exception exception, Guid answerId);
}
