using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Messaging.Streams;

namespace LLMoin.Inference.Generation;

/// <summary>Runs what has a slot, tells readers about it, and sees to what follows when a slot changes hands.</summary>
internal sealed partial class Generator(IEngine engine, Slots slots, Throughput throughput, FrameSender frames, ILogger logger)
{
    public void Apply(Moves moves)
    {
        if (moves.Begins is { } begins)
            _ = GenerateAsync(begins);
        moves.Yields?.Yield();
    }

    /// <summary>Gives a run that is not in the line (any more) to other workers, by way of the reader's chat instance.</summary>
    /// <param name="run">Running, withdrawn or never entered.</param>
    /// <param name="freely">By this worker's own decision, which is no failed try.</param>
    public async Task HandBackAsync(Run run, bool freely)
    {
        run.Cancel();
        Send(run, run.Frame(FrameKind.Bounced) with { HandedBack = freely ? true : null });
        await run.Delivery.CompleteAsync();
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Abandon(Run run)
    {
        run.Cancel();
        // A running one ends by its cancellation; a waiting one has nobody to notice it.
        foreach (var waiting in slots.Withdraw(waiting => waiting == run))
            _ = EndAsync(waiting);
    }

    /// <summary>Those whose reader has given up waiting leave the line; one that has run already has a reader.</summary>
    public void EndExpired(DateTimeOffset now)
    {
        foreach (var run in slots.Withdraw(run => !run.HasRun && run.Request.Deadline < now))
            _ = EndAsync(run);
    }

    /// <summary>To readers who have heard nothing for a second: their position while they wait, else a heartbeat.</summary>
    public void SendSignsOfLife()
    {
        var silentSince = Environment.TickCount64 - 900;
        foreach (var (run, position, seconds) in slots.Waiting().Where(waiting => waiting.Run.LastFrameAt <= silentSince))
            Send(run, run.Frame(FrameKind.Waiting) with { QueuePosition = position, EstimatedWait = seconds });
        foreach (var run in slots.Running().Where(run => run.LastFrameAt <= silentSince))
            Send(run, run.Frame(FrameKind.Heartbeat));
    }

    /// <summary>Its position, if it waits.</summary>
    public void SendPosition(Run run)
    {
        foreach (var (_, position, seconds) in slots.Waiting().Where(waiting => waiting.Run == run))
            Send(run, run.Frame(FrameKind.Waiting) with { QueuePosition = position, EstimatedWait = seconds });
    }

    private async Task GenerateAsync(Run run)
    {
        LogStarted(run.Request.AnswerId, run.Request.Attempt);
        Send(run, run.Frame(FrameKind.Started));
        var yielded = false;
        try
        {
            Send(run, Counted(run, FrameKind.Finished) with { FinishReason = await FollowAsync(run) });
        }
        catch (OperationCanceledException) when (run.IsYielding && !run.Cancelled.IsCancellationRequested)
        {
            yielded = true;
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled waits for no more frames.
        }
        catch (EngineException refusal)
        {
            Send(run, Counted(run, FrameKind.Failed) with { Error = refusal.Message, Field = refusal.Field });
        }
        catch (Exception exception)
        {
            LogFailed(exception, run.Request.AnswerId);
            Send(run, Counted(run, FrameKind.Failed) with { Error = "The engine failed." });
        }

        LogEnded(run.Request.AnswerId, run.Tokens);
        Apply(yielded ? slots.Yielded(run) : slots.Leave(run));
        if (yielded)
            SendPosition(run);
        else
            await EndAsync(run);
    }

    /// <returns>The finish reason.</returns>
    private async Task<string> FollowAsync(Run run)
    {
        var (request, cancellation) = run.Begin();
        string? finish = null;
        await foreach (var piece in engine.GenerateAsync(request, cancellation))
        {
            if (run.PromptTokens is null && piece.PromptTokens is { } promptTokens)
            {
                run.PromptTokens = promptTokens;
                slots.ChargePrompt(run, promptTokens);
            }
            finish = piece.FinishReason;
            slots.Charge(run, piece.Tokens);
            throughput.Add(piece.Tokens);
            if (run.Take(piece))
                Send(run, Counted(run, FrameKind.Text) with { Text = piece.Text, Reasoning = piece.Reasoning, ToolCall = piece.ToolCall });
        }
        // An engine may just end when it is told to.
        if (finish is null)
            cancellation.ThrowIfCancellationRequested();
        return finish ?? "stop";
    }

    private static async Task EndAsync(Run run)
    {
        await run.Delivery.CompleteAsync();
        run.Dispose();
    }

    private static Frame Counted(Run run, FrameKind kind) => run.Frame(kind) with { PromptTokens = run.PromptTokens ?? 0, CompletionTokens = run.Tokens };

    private void Send(Run run, Frame frame)
    {
        run.LastFrameAt = Environment.TickCount64;
        frames.Send(run.Delivery.ReplyTo, frame);
    }

    [LoggerMessage(LogLevel.Debug, "Answer {AnswerId} started, attempt {Attempt}")]
    private partial void LogStarted(Guid answerId, int attempt);

    [LoggerMessage(LogLevel.Debug, "Answer {AnswerId} ended or yielded after {Tokens} tokens")]
    private partial void LogEnded(Guid answerId, int tokens);

    [LoggerMessage(LogLevel.Error, "Answer {AnswerId} failed in the engine")]
    private partial void LogFailed(Exception exception, Guid answerId);
}
