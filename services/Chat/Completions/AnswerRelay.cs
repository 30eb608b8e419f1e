using LLMoin.Chat.Answers;
using LLMoin.Chat.Answers.Following;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Completions;

/// <summary>Brings answers to their readers, in the form in which they are asked for.</summary>
internal static class AnswerRelay
{
    public static readonly ProblemType GenerationFailed = new("generation-failed", 500, "The answer could not be generated", "Die Antwort konnte nicht erzeugt werden");

    /// <summary>An answer that has just been asked for.</summary>
    public static async Task<IResult> RelayAsync(HttpContext context, CompletionRequest request, OpenAnswer answer)
    {
        var (question, cancellation) = (answer.Generation.Question, context.RequestAborted);
        using var reader = answer.Enter();
        SetHeaders(context, question.AnswerId, question.ConversationId);
        using var stream = request.Stream == true
            ? new CompletionStream(context.Response, CompletionHead.Of(answer.Generation), request.IsResumable ? default(AnswerPosition) : null)
            : null;
        // Whoever may come back must know at once to what.
        if (stream is not null && request.IsResumable)
            await stream.SayAsync(new AnswerEvent(AnswerEventKind.Waiting), cancellation);
        return await FollowAsync(context, answer, reader, default, stream, request.StreamOptions?.IncludeUsage == true);
    }

    /// <summary>The rest of an answer for a reader who comes back to it, or joins another one.</summary>
    public static async Task<IResult> ResumeAsync(HttpContext context, OpenAnswer answer, AnswerPosition from, CompletionStream stream)
    {
        using var reader = answer.Enter();
        return await FollowAsync(context, answer, reader, from, stream, includeUsage: false);
    }

    private static async Task<IResult> FollowAsync(
        HttpContext context, OpenAnswer answer, OpenAnswer.Reader reader, AnswerPosition from, CompletionStream? stream, bool includeUsage)
    {
        var cancellation = context.RequestAborted;
        try
        {
            await foreach (var news in reader.FollowAsync(from, cancellation))
                if (stream is not null)
                    await stream.SayAsync(news, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Results.Empty;
        }

        var generation = answer.Generation;
        if (generation.Status == AnswerStatus.Failed || !answer.IsStored)
            return await FailAsync(context, stream, generation, answer.IsStored);
        var info = CompletionInfo.Of(generation);
        if (stream is null)
            return Results.Json(CompletionBody.Whole(info), CompletionRequest.Json);
        await stream.EndAsync(info, includeUsage, cancellation);
        return Results.Empty;
    }

    /// <summary>An answer that was given before, in the form in which it is asked for now.</summary>
    public static async Task<IResult> ReplayAsync(HttpContext context, CompletionRequest request, StoredAnswer stored)
    {
        SetHeaders(context, stored.Id, stored.ConversationId);
        var info = CompletionInfo.Of(stored);
        if (stored.Status == AnswerStatus.Failed)
            return new ProblemResult(GenerationFailed, "The first request with this key failed; use a new key to try again.", null,
                "Die erste Anfrage mit diesem Schlüssel ist gescheitert; bitte mit einem neuen erneut versuchen.");
        if (request.Stream != true)
            return Results.Json(CompletionBody.Whole(info), CompletionRequest.Json);

        using var stream = new CompletionStream(context.Response, CompletionHead.Of(stored));
        return await RestAsync(context, stored, default, stream, request.StreamOptions?.IncludeUsage == true);
    }

    /// <summary>What a stored answer holds beyond <paramref name="from"/>.</summary>
    public static async Task<IResult> RestAsync(HttpContext context, StoredAnswer stored, AnswerPosition from, CompletionStream stream, bool includeUsage = false)
    {
        var info = CompletionInfo.Of(stored);
        var end = new AnswerPosition(info.Reasoning.Length, info.Text.Length, from.Calls);
        stream.Write(new AnswerEvent(AnswerEventKind.Text, info.Text[Math.Min(from.Text, end.Text)..], info.Reasoning[Math.Min(from.Reasoning, end.Reasoning)..]) { At = end });
        foreach (var call in info.ToolCalls.Skip(from.Calls))
            stream.Write(new AnswerEvent(AnswerEventKind.Text, ToolCall: call) { At = end = end with { Calls = end.Calls + 1 } });
        await stream.EndAsync(info, includeUsage, context.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> FailAsync(HttpContext context, CompletionStream? stream, Generation generation, bool stored)
    {
        var problem = generation switch
        {
            _ when !stored => new ProblemResult(ProblemType.Unavailable, "The answer could not be stored.", null, "Die Antwort konnte nicht gespeichert werden."),
            { Unavailable: true } => new ProblemResult(ProblemType.Unavailable, generation.Error, null, generation.ErrorDe),
            { ErrorField: { } field } => new ProblemResult(ProblemType.InvalidRequest, generation.Error, field, generation.ErrorDe),
            _ => new ProblemResult(GenerationFailed, generation.Error, null, generation.ErrorDe),
        };
        if (stream is { HasStarted: true })
        {
            await stream.FailAsync(OpenAiError.From(problem, context.Request), context.RequestAborted);
            return Results.Empty;
        }
        if (generation.Unavailable)
            context.Response.Headers.RetryAfter = "5";
        else
            context.Response.Headers["x-should-retry"] = "false";
        return problem;
    }

    private static void SetHeaders(HttpContext context, Guid answerId, Guid? conversationId)
    {
        context.Response.Headers["x-llmoin-answer-id"] = answerId.ToString();
        if (conversationId is not null)
            context.Response.Headers["x-llmoin-conversation-id"] = conversationId.ToString();
    }
}

/// <summary>What a reader is told about an answer besides its text.</summary>
internal sealed record CompletionInfo(
    CompletionHead Head, Guid? ConversationId, string Status, string? FinishReason, string Text,
    string Reasoning, IReadOnlyList<ToolCall> ToolCalls, int PromptTokens, int CompletionTokens, bool Fallback, bool SourcesUnavailable, IReadOnlyList<Citation> Citations,
    IReadOnlyList<Doubt> Doubts, Guid? ParentMessageId, Guid? MessageId)
{
    public static CompletionInfo Of(Generation generation) => new(
        CompletionHead.Of(generation), generation.Question.ConversationId, generation.Status, generation.FinishReason,
        generation.Text, generation.Reasoning, generation.ToolCalls, generation.PromptTokens, generation.CompletionTokens, generation.IsFallback, generation.Question.SourcesUnavailable, generation.Citations,
        generation.Doubts, generation.Question.ParentMessageId, generation.MessageId);

    public static CompletionInfo Of(StoredAnswer stored) => new(
        CompletionHead.Of(stored), stored.ConversationId, stored.Status, stored.FinishReason,
        stored.Text, stored.Reasoning, stored.Calls, stored.PromptTokens, stored.CompletionTokens, stored.Model != stored.RequestedModel, false, stored.Cited, stored.Doubted,
        stored.ParentId, stored.MessageId);
}

/// <summary>What every chunk of an answer says.</summary>
internal sealed record CompletionHead(Guid AnswerId, string Model, DateTimeOffset CreatedAt)
{
    public string Id => $"chatcmpl-{AnswerId:n}";

    public static CompletionHead Of(Generation generation) => new(generation.Question.AnswerId, generation.Model, DateTimeOffset.UtcNow);

    public static CompletionHead Of(StoredAnswer stored) => new(stored.Id, stored.Model, stored.CreatedAt);
}
