using LLMoin.Chat.Answers;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;
using Npgsql;

namespace LLMoin.Chat.Completions;

/// <summary>Brings a running answer to its reader and into the store, in this order of trust: nobody is told "done" before it is stored.</summary>
internal sealed partial class AnswerRelay(RunningAnswers running, AnswerStore store, ILogger<AnswerRelay> logger)
{
    private static readonly ProblemType GenerationFailed = new("generation-failed", 500, "The answer could not be generated", "Die Antwort konnte nicht erzeugt werden");

    /// <summary>Waits between tries to store a finished answer while the database is away.</summary>
    private static readonly TimeSpan[] StoreRetries = [.. new[] { 0.2, 1, 2, 4, 8 }.Select(TimeSpan.FromSeconds)];

    public async Task<IResult> RelayAsync(HttpContext context, CompletionRequest request, Generation generation)
    {
        SetHeaders(context, generation.Question.AnswerId, generation.Question.ConversationId);
        using var stream = request.Stream == true ? new CompletionStream(context.Response, CompletionInfo.Of(generation)) : null;
        try
        {
            await foreach (var news in generation.RunAsync(context.RequestAborted))
            {
                if (stream is null)
                    continue;
                stream.Write(news);
                if (!generation.HasMore)
                    await stream.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader is gone; what was generated is stored and billed all the same.
        }
        catch (Exception exception)
        {
            generation.FailInternally();
            LogRelayFailed(exception, generation.Question.AnswerId);
        }
        finally
        {
            running.End(generation);
        }

        var stored = await FinishAsync(generation);
        if (context.RequestAborted.IsCancellationRequested)
            return Results.Empty;
        if (generation.Status == AnswerStatus.Failed || !stored)
            return await FailAsync(context, stream, generation, stored);

        var info = CompletionInfo.Of(generation);
        if (stream is null)
            return Results.Json(CompletionBody.Whole(info), CompletionRequest.Json);
        await stream.EndAsync(info, request.StreamOptions?.IncludeUsage == true, context.RequestAborted);
        return Results.Empty;
    }

    /// <summary>An answer that was given before, in the form in which it is asked for now.</summary>
    public static async Task<IResult> ReplayAsync(HttpContext context, CompletionRequest request, StoredAnswer stored)
    {
        SetHeaders(context, stored.Id, stored.ConversationId);
        var info = CompletionInfo.Of(stored);
        if (stored.Status == AnswerStatus.Failed)
            return new ProblemResult(GenerationFailed, "The first request with this key failed; use a new key to try again.");
        if (request.Stream != true)
            return Results.Json(CompletionBody.Whole(info), CompletionRequest.Json);

        using var stream = new CompletionStream(context.Response, info);
        stream.Write(new AnswerEvent(AnswerEventKind.Text, stored.Text, stored.Reasoning));
        foreach (var call in info.ToolCalls)
            stream.Write(new AnswerEvent(AnswerEventKind.Text, ToolCall: call));
        await stream.EndAsync(info, request.StreamOptions?.IncludeUsage == true, context.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> FailAsync(HttpContext context, CompletionStream? stream, Generation generation, bool stored)
    {
        var problem = generation switch
        {
            _ when !stored => new ProblemResult(ProblemType.Unavailable, "The answer could not be stored."),
            { Unavailable: true } => new ProblemResult(ProblemType.Unavailable, generation.Error),
            { ErrorField: { } field } => new ProblemResult(ProblemType.InvalidRequest, generation.Error, field),
            _ => new ProblemResult(GenerationFailed, generation.Error),
        };
        if (stream is { HasStarted: true })
        {
            await stream.FailAsync(OpenAiError.From(problem), context.RequestAborted);
            return Results.Empty;
        }
        if (generation.Unavailable)
            context.Response.Headers.RetryAfter = "5";
        else
            context.Response.Headers["x-should-retry"] = "false";
        return problem;
    }

    private async Task<bool> FinishAsync(Generation generation)
    {
        foreach (var wait in StoreRetries.Append(TimeSpan.Zero))
        {
            try
            {
                await store.FinishAsync(generation, CancellationToken.None);
                return true;
            }
            catch (NpgsqlException exception)
            {
                LogNotStored(exception, generation.Question.AnswerId);
                await Task.Delay(wait);
            }
        }
        return false;
    }

    private static void SetHeaders(HttpContext context, Guid answerId, Guid? conversationId)
    {
        context.Response.Headers["x-llmoin-answer-id"] = answerId.ToString();
        if (conversationId is not null)
            context.Response.Headers["x-llmoin-conversation-id"] = conversationId.ToString();
    }

    [LoggerMessage(LogLevel.Error, "Answer {AnswerId} could not be relayed")]
    private partial void LogRelayFailed(Exception exception, Guid answerId);

    [LoggerMessage(LogLevel.Warning, "Answer {AnswerId} is not stored yet")]
    private partial void LogNotStored(Exception exception, Guid answerId);
}

/// <summary>What a reader is told about an answer besides its text.</summary>
internal sealed record CompletionInfo(
    Guid AnswerId, Guid? ConversationId, string Model, DateTimeOffset CreatedAt, string Status, string? FinishReason, string Text,
    string Reasoning, IReadOnlyList<ToolCall> ToolCalls, int PromptTokens, int CompletionTokens, bool Fallback, bool SourcesUnavailable, IReadOnlyList<Citation> Citations,
    IReadOnlyList<Doubt> Doubts, Guid? ParentMessageId, Guid? MessageId)
{
    public string Id => $"chatcmpl-{AnswerId:n}";

    public static CompletionInfo Of(Generation generation) => new(
        generation.Question.AnswerId, generation.Question.ConversationId, generation.Model, DateTimeOffset.UtcNow, generation.Status, generation.FinishReason,
        generation.Text, generation.Reasoning, generation.ToolCalls, generation.PromptTokens, generation.CompletionTokens, generation.IsFallback, generation.Question.SourcesUnavailable, generation.Citations,
        generation.Doubts, generation.Question.ParentMessageId, generation.MessageId);

    public static CompletionInfo Of(StoredAnswer stored) => new(
        stored.Id, stored.ConversationId, stored.Model, stored.CreatedAt, stored.Status, stored.FinishReason,
        stored.Text, stored.Reasoning, stored.Calls, stored.PromptTokens, stored.CompletionTokens, stored.Model != stored.RequestedModel, false, stored.Cited, stored.Doubted,
        stored.ParentId, stored.MessageId);
}
