using LLMoin.Chat.Answers;
using LLMoin.Chat.Answers.Following;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Completions;

/// <summary><c>GET /api/chat/answers/{id}/events</c>: comes back to an answer, at any instance, from any place in it, while it is written and later.</summary>
internal static class AnswerEventsApi
{
    private static readonly ProblemType Interrupted = new(
        "answer-interrupted", 409, "The answer was interrupted", "Die Antwort wurde unterbrochen");

    public static void MapEvents(this IEndpointRouteBuilder answers)
        => answers.MapGet("/{id:guid}/events", ReadAsync)
            .WithSummary("The answer as the stream that it is asked for, from where a reader was")
            .WithDescription("Last-Event-ID is the id of the last event that came; without it everything comes. Where another instance writes it, what is missing comes at its end.");

    private static async Task<IResult> ReadAsync(Guid id, Caller caller, HttpContext context, AnswerStore store, OpenAnswers open)
    {
        var cancellation = context.RequestAborted;
        if (!AnswerPosition.TryParse(context.Request.Headers["Last-Event-ID"], out var from))
            return new ProblemResult(ProblemType.InvalidRequest, "It is the id of an event of this stream.", "Last-Event-ID",
                "Es ist die Kennung eines Ereignisses dieses Stroms.");
        // Row-level security shows nobody else's; only then may what is written here be looked at.
        if (await store.FindAsync(caller, id, cancellation) is not { } stored)
            return AnswersApi.NotThere();

        using var stream = new CompletionStream(context.Response, CompletionHead.Of(stored), from);
        while (stored.Status == AnswerStatus.Running)
        {
            if (open.Find(id) is { } here)
                return await AnswerRelay.ResumeAsync(context, here, from, stream);
            await open.AwaitAsync(id, cancellation);
            await stream.SayAsync(new AnswerEvent(AnswerEventKind.Working), cancellation);
            await Task.Delay(TimeSpan.FromSeconds(0.5), cancellation);
            stored = await store.FindAsync(caller, id, cancellation) ?? stored with { Status = AnswerStatus.Interrupted };
        }
        return stored switch
        {
            { Status: AnswerStatus.Interrupted } => await RefuseAsync(new ProblemResult(
                Interrupted, "The instance that wrote it is gone. The same request with the same Idempotency-Key has it written anew.", null,
                    "Der Dienst, der sie schrieb, ist nicht mehr da. Dieselbe Anfrage mit demselben Idempotency-Key lässt sie neu schreiben.")),
            { Status: AnswerStatus.Failed } => await RefuseAsync(new ProblemResult(AnswerRelay.GenerationFailed)),
            { ConversationId: null } => new ProblemResult(ProblemType.NotFound, "The answer was given and not kept.", null, "Die Antwort wurde gegeben und nicht aufbewahrt."),
            _ => await AnswerRelay.RestAsync(context, stored, from, stream),
        };

        async Task<IResult> RefuseAsync(ProblemResult problem)
        {
            if (!stream.HasStarted)
                return problem;
            await stream.FailAsync(OpenAiError.From(problem, context.Request), cancellation);
            return Results.Empty;
        }
    }
}
