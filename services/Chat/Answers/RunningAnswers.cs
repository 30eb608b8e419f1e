using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.Budgeting;
using LLMoin.Chat.Instances;
using LLMoin.Chat.Models;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Options;

namespace LLMoin.Chat.Answers;

/// <summary>The answers that this instance is relaying, and the queue on which workers reach it.</summary>
internal sealed class RunningAnswers(
    BrokerConnection broker, WorkQueue queue, Broadcasts broadcasts, ModelCatalog models, InstanceLease instance, IOptions<ChatOptions> options, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Guid, Generation> _running = [];
    private readonly ConcurrentDictionary<Guid, long> _orphans = [];

    public int Count => _running.Count;

    private string ReplyTo => $"frames.{instance.InstanceId:n}";

    /// <param name="question">What is asked.</param>
    /// <param name="hold">What budgets hold for it; the caller's to end when the answer is stored.</param>
    public Generation Start(Question question, BudgetHold hold)
    {
        var generation = new Generation(question, hold, ReplyTo, queue, broadcasts, models, options.Value, clock);
        _running[question.AnswerId] = generation;
        return generation;
    }

    public void End(Generation generation)
    {
        _running.TryRemove(generation.Question.AnswerId, out _);
        generation.Dispose();
    }

    /// <summary>Stops the answer wherever it is written: here, or at the instance that hears it.</summary>
    public async Task StopAsync(Guid answerId, CancellationToken cancellation)
    {
        if (!StopHere(answerId))
            await broadcasts.PublishAsync(new AnswerStopRequested { AnswerId = answerId }, ContractJson.Default.AnswerStopRequested, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var replies = await ReplyQueue.StartAsync(broker, ReplyTo, Receive, stoppingToken);
        await broadcasts.SubscribeAsync(ContractJson.Default.AnswerStopRequested, stop => StopHere(stop.AnswerId), stoppingToken);
        using var tick = new PeriodicTimer(Tick);
        for (var before = clock.GetTimestamp(); await tick.WaitForNextTickAsync(stoppingToken); before = clock.GetTimestamp())
        {
            // By more than a tick late: this process, or the machine, stood still.
            var late = clock.GetElapsedTime(before) - Tick;
            foreach (var generation in _running.Values)
                generation.Tick(late > Tick ? late : TimeSpan.Zero);
            foreach (var (id, since) in _orphans)
                if (clock.GetElapsedTime(since) > TimeSpan.FromSeconds(2))
                    _orphans.TryRemove(id, out _);
        }
    }

    private bool StopHere(Guid answerId)
    {
        if (!_running.TryGetValue(answerId, out var generation))
            return false;
        generation.Stop();
        return true;
    }

    private void Receive(ReadOnlyMemory<byte> body)
    {
        foreach (var frame in JsonSerializer.Deserialize(body.Span, ContractJson.Default.FrameArray) ?? [])
        {
            if (_running.TryGetValue(frame.AnswerId, out var generation))
                generation.Receive(frame);
            else if (frame.Kind is not (FrameKind.Finished or FrameKind.Failed or FrameKind.Bounced))
                CancelOrphan(frame);
        }
    }

    /// <summary>A worker writes for nobody: it missed the cancellation, which is said again, at most every two seconds.</summary>
    private void CancelOrphan(Frame frame)
    {
        if (_orphans.TryAdd(frame.AnswerId, clock.GetTimestamp()))
            _ = broadcasts.PublishAsync(new GenerationCancelled { AnswerId = frame.AnswerId, Attempt = frame.Attempt }, ContractJson.Default.GenerationCancelled, CancellationToken.None);
    }
}
