using LLMoin.Chat.Answers.Ratings;
using LLMoin.Chat.Completions;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Answers;

/// <summary><c>/api/chat/answers</c>: one's own answers by id, and the stop button.</summary>
internal static class AnswersApi
{
    public static void MapAnswers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/answers").WithTags("Answers");
        group.MapGet("/{id:guid}", GetAsync).WithSummary("An answer with its state, its citations and what they do not bear out");
        group.MapPost("/{id:guid}/stop", StopAsync).WithSummary("Stops it; what is there stays and is billed");
        group.MapEvents();
        group.MapRating();
    }

    private static async Task<Results<Ok<Answer>, ProblemResult>> GetAsync(Guid id, Caller caller, AnswerStore store, CancellationToken cancellation)
        => await store.FindAsync(caller, id, cancellation) is { } stored ? TypedResults.Ok(Answer.Of(stored)) : NotThere();

    private static async Task<Results<Accepted, ProblemResult>> StopAsync(Guid id, Caller caller, AnswerStore store, RunningAnswers running, CancellationToken cancellation)
    {
        if (await store.FindAsync(caller, id, cancellation) is null)
            return NotThere();
        await running.StopAsync(id, cancellation);
        return TypedResults.Accepted($"/api/chat/answers/{id}");
    }

    public static ProblemResult NotThere() => new(ProblemType.NotFound, "The answer is not there.", null, "Die Antwort gibt es nicht.");

    private sealed record Answer(
        Guid Id, Guid? ConversationId, string Status, string RequestedModel, string Model, string Text, string Reasoning, IReadOnlyList<ToolCall> ToolCalls,
        string? FinishReason, int PromptTokens, int CompletionTokens, IReadOnlyList<Citation> Citations, IReadOnlyList<Doubt> Doubts, DateTime CreatedAt)
    {
        public static Answer Of(StoredAnswer stored) => new(
            stored.Id, stored.ConversationId, stored.Status, stored.RequestedModel, stored.Model, stored.Text, stored.Reasoning, stored.Calls,
            stored.FinishReason, stored.PromptTokens, stored.CompletionTokens, stored.Cited, stored.Doubted, stored.CreatedAt);
    }
}
