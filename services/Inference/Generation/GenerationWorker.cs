using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
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
    BrokerConnection broker, Broadcasts broadcasts, IEngine engine, Slots slots, IOptions<InferenceOptions> options, ILogger<GenerationWorker> logger)
    : BackgroundService
{
    private readonly RecentlyCancelled _cancelled = new();
    private readonly List<WorkConsumer> _consumers = [];
    private FrameSender _frames = null!;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _frames = await FrameSender.StartAsync(broker, ReaderGone, stoppingToken);
        await broadcasts.SubscribeAsync(ContractJson.Default.GenerationCancelled, Cancel, stoppingToken);
        var prefetch = (ushort)Math.Min(ushort.MaxValue, options.Value.Slots + options.Value.Waiting);
        foreach (var model in engine.Models.Where(model => model.Kind == ModelKind.Chat))
            _consumers.Add(await WorkConsumer.StartAsync(broker, Topology.GenerateQueue(model.Id), prefetch, AcceptAsync, ConnectionLost, stoppingToken));

        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await tick.WaitForNextTickAsync(stoppingToken))
            SendSignsOfLife();
    }

    /// <summary>Takes nothing new and hands everything held to other workers.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var consumer in _consumers)
            await consumer.StopAsync(cancellationToken);
        foreach (var (run, _, _) in slots.Snapshot())
            await HandBackAsync(run);
        await Task.Delay(50, cancellationToken);
        await base.StopAsync(cancellationToken);
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
        if (_cancelled.Contains(request.AnswerId, request.Attempt) || request.Deadline < DateTimeOffset.UtcNow)
            await delivery.CompleteAsync();
        else if (delivery.Redelivered)
            await HandBackAsync(run);
        else if (slots.Enter(run))
            _ = GenerateAsync(run);
        else
            SendSignsOfLife();
    }

    private async Task GenerateAsync(Run run)
    {
        var request = run.Request;
        LogStarted(request.AnswerId, request.Attempt);
        Send(run, run.Frame(FrameKind.Started));
        var promptTokens = 0;
        var tokens = request.EmittedTokens;
        try
        {
            promptTokens = engine.CountPromptTokens(request);
            string? finish = null;
            await foreach (var piece in engine.GenerateAsync(request, run.Cancelled))
            {
                tokens += piece.Tokens;
                finish = piece.FinishReason;
                if (piece.Text.Length > 0 || piece.Reasoning is not null || piece.ToolCall is not null)
                    Send(run, run.Frame(FrameKind.Text) with
                    {
                        Text = piece.Text,
                        Reasoning = piece.Reasoning,
                        ToolCall = piece.ToolCall,
                        PromptTokens = promptTokens,
                        CompletionTokens = tokens,
                    });
            }
            Send(run, run.Frame(FrameKind.Finished) with { PromptTokens = promptTokens, CompletionTokens = tokens, FinishReason = finish ?? "stop" });
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled waits for no more frames.
        }
        catch (EngineException refusal)
        {
            Send(run, run.Frame(FrameKind.Failed) with { PromptTokens = promptTokens, CompletionTokens = tokens, Error = refusal.Message });
        }
        catch (Exception exception)
        {
            LogFailed(exception, request.AnswerId);
            Send(run, run.Frame(FrameKind.Failed) with { PromptTokens = promptTokens, CompletionTokens = tokens, Error = "The engine failed." });
        }
        await LeaveAsync(run);
        LogEnded(request.AnswerId, tokens);
    }

    private async Task LeaveAsync(Run run)
    {
        if (slots.Leave(run) is { } next)
            _ = GenerateAsync(next);
        await run.Delivery.CompleteAsync();
        run.Dispose();
    }

    private async Task HandBackAsync(Run run)
    {
        run.Cancel();
        Send(run, run.Frame(FrameKind.Bounced));
        await run.Delivery.CompleteAsync();
    }

    private void Cancel(GenerationCancelled cancelled)
    {
        _cancelled.Add(cancelled.AnswerId, cancelled.Attempt);
        if (slots.Find(cancelled.AnswerId, cancelled.Attempt) is { } run)
            Abandon(run);
    }

    /// <summary>The chat instance is gone and its queue with it: nobody can read these answers.</summary>
    private void ReaderGone(string replyTo)
    {
        foreach (var (run, _, _) in slots.Snapshot().Where(held => held.Run.Delivery.ReplyTo == replyTo))
            Abandon(run);
        _frames.Forget(replyTo);
    }

    /// <summary>The broker has taken all deliveries back and gives them to workers anew, perhaps to this one.</summary>
    private void ConnectionLost()
    {
        foreach (var (run, _, _) in slots.Snapshot())
            Abandon(run);
    }

    private void Abandon(Run run)
    {
        run.Cancel();
        // A running one ends by its cancellation; a waiting one has nobody to notice it.
        if (slots.IsWaiting(run))
            _ = LeaveAsync(run);
    }

    /// <summary>Position for those who wait, a heartbeat for those who have sent nothing for a second.</summary>
    private void SendSignsOfLife()
    {
        var now = Environment.TickCount64;
        foreach (var (run, running, position) in slots.Snapshot())
        {
            if (!running)
                Send(run, run.Frame(FrameKind.Waiting) with { QueuePosition = position });
            else if (now - run.LastFrameAt >= 900)
                Send(run, run.Frame(FrameKind.Heartbeat));
        }
    }

    private void Send(Run run, Frame frame)
    {
        run.LastFrameAt = Environment.TickCount64;
        _frames.Send(run.Delivery.ReplyTo, frame);
    }

    [LoggerMessage(LogLevel.Debug, "Answer {AnswerId} started, attempt {Attempt}")]
    private partial void LogStarted(Guid answerId, int attempt);

    [LoggerMessage(LogLevel.Debug, "Answer {AnswerId} ended after {Tokens} tokens")]
    private partial void LogEnded(Guid answerId, int tokens);

    [LoggerMessage(LogLevel.Error, "Answer {AnswerId} failed in the engine")]
    private partial void LogFailed(Exception exception, Guid answerId);

    [LoggerMessage(LogLevel.Error, "A request could not be read and goes to the dead letters")]
    private partial void LogUnreadable();
}
