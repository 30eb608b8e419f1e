using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Models;
using LLMoin.Messaging;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Options;

namespace LLMoin.Inference.Generation;

/// <summary>
/// Takes requests from the models' work queues, runs them in slots and sends frames to whoever asked. A delivery is completed only
/// when its generation has ended, so a dead worker's requests go to another worker by themselves; that one asks the reader's chat
/// instance to put the question again with what has been emitted, as only chat knows it.
/// </summary>
internal sealed partial class GenerationWorker(
    BrokerConnection broker, Broadcasts broadcasts, IEngine engine, Slots slots, Throughput throughput, IOptions<InferenceOptions> options, TimeProvider clock,
    ILogger<GenerationWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly RecentlyCancelled _cancelled = new();
    private readonly OtherWorkers _others = new(options.Value.WorkerId, clock);
    private FrameSender _frames = null!;
    private Generator? _generator;
    private ModelQueues? _queues;
    private volatile bool _draining;

    private IReadOnlyList<string> Served => [.. engine.Models.Where(model => model.Kind == ModelKind.Chat).Select(model => model.Id)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _frames = await FrameSender.StartAsync(broker, ReaderGone, stoppingToken);
        _generator = new Generator(engine, slots, throughput, _frames, logger);
        await broadcasts.SubscribeAsync(ContractJson.Default.GenerationCancelled, Cancel, stoppingToken);
        await broadcasts.SubscribeAsync(ContractJson.Default.ModelsAnnounced, _others.Note, stoppingToken);
        var prefetch = (ushort)Math.Min(ushort.MaxValue, options.Value.Slots + options.Value.Waiting);
        _queues = new ModelQueues(broker, Topology.GenerateQueue, prefetch, AcceptAsync, ConnectionLost);
        await _queues.TakeFromAsync(Served, stoppingToken);

        using var tick = new PeriodicTimer(Tick);
        for (var ticks = 0; await tick.WaitForNextTickAsync(stoppingToken); ticks++)
        {
            _generator.EndExpired(clock.GetUtcNow());
            _generator.Apply(slots.Reconsider());
            _generator.SendSignsOfLife();
            if (ticks % 2 == 1 && !_draining)
                await ShareAsync(stoppingToken);
        }
    }

    /// <summary>Takes nothing new, hands back at once what waits, and after <c>Inference:Drain</c> what still runs.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _draining = true;
        if (_queues is not null)
            await _queues.TakeFromAsync([], cancellationToken);
        if (_generator is not null)
        {
            await HandBackAsync(slots.Withdraw(_ => true));
            for (var since = clock.GetTimestamp(); slots.Load.Running > 0 && clock.GetElapsedTime(since) < options.Value.Drain && !cancellationToken.IsCancellationRequested;)
                await Task.Delay(20, CancellationToken.None);
            await HandBackAsync([.. slots.Running(), .. slots.Withdraw(_ => true)]);
            await _frames.FlushAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await base.StopAsync(cancellationToken);
    }

    /// <summary>
    /// Takes from the queues of the models that are served now. Where this worker is full and another has room, it takes nothing more
    /// and hands back as much as the other can start, last come first; else all of a flood would stay with whoever was there when it came.
    /// </summary>
    private async Task ShareAsync(CancellationToken cancellation)
    {
        var served = Served;
        var full = slots.Load.Running >= slots.Total;
        await _queues!.TakeFromAsync([.. served.Where(model => !full || !_others.HaveRoomFor(model))], cancellation);
        await HandBackAsync(slots.Withdraw(run => !served.Contains(run.Request.Model)));
        foreach (var model in served.Where(_others.HaveRoomFor))
        {
            var waiting = slots.Waiting().Count(waiting => !waiting.Run.HasRun && waiting.Run.Request.Model == model);
            await HandBackAsync(slots.Withdraw(run => !run.HasRun && run.Request.Model == model, _others.Claim(model, waiting)));
        }
    }

    private async Task AcceptAsync(Delivery delivery)
    {
        GenerationRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.GenerationRequest);
        }
        catch (JsonException)
        {
            request = null;
        }
        if (request is null || delivery.ReplyTo.Length == 0)
        {
            LogUnreadable();
            await delivery.RejectAsync();
            return;
        }

        var run = new Run(request, delivery);
        if (_cancelled.Contains(request.AnswerId, request.Attempt))
            await delivery.CompleteAsync();
        // The deadline is that of its beginning, which may be long ago where the worker died that had it before.
        else if (delivery.Redelivered || _draining || !Served.Contains(request.Model))
            await _generator!.HandBackAsync(run, freely: !delivery.Redelivered);
        else if (request.Deadline < clock.GetUtcNow())
            await delivery.CompleteAsync();
        else
        {
            _generator!.Apply(slots.Enter(run));
            _generator.SendPosition(run);
        }
    }

    private async Task HandBackAsync(IEnumerable<Run> runs)
    {
        foreach (var run in runs)
            await _generator!.HandBackAsync(run, freely: true);
    }

    private void Cancel(GenerationCancelled cancelled)
    {
        _cancelled.Add(cancelled.AnswerId, cancelled.Attempt);
        if (slots.Find(cancelled.AnswerId, cancelled.Attempt) is { } run)
            _generator!.Abandon(run);
    }

    /// <summary>The chat instance is gone and its queue with it: nobody can read these answers.</summary>
    private void ReaderGone(string replyTo)
    {
        foreach (var run in Held().Where(run => run.Delivery.ReplyTo == replyTo))
            _generator!.Abandon(run);
        _frames.Forget(replyTo);
    }

    /// <summary>The broker has taken all deliveries back and gives them to workers anew, perhaps to this one.</summary>
    private void ConnectionLost()
    {
        foreach (var run in Held())
            _generator!.Abandon(run);
    }

    private IEnumerable<Run> Held() => [.. slots.Running(), .. slots.Waiting().Select(waiting => waiting.Run)];

    [LoggerMessage(LogLevel.Error, "A request could not be read and goes to the dead letters")]
    private partial void LogUnreadable();
}
