using LLMoin.Contracts.Chat;

namespace LLMoin.Chat.Answers;

/// <summary>What an answer used, for billing.</summary>
internal static class GenerationUsage
{
    /// <summary>Its record; the same id however often it was continued.</summary>
    /// <param name="generation">An answer at its end.</param>
    /// <param name="at">When it ended.</param>
    public static UsageRecorded Usage(this Generation generation, DateTimeOffset at)
    {
        var question = generation.Question;
        return new UsageRecorded
        {
            UsageId = question.AnswerId,
            Tenant = question.Tenant,
            UserId = question.UserId,
            ApiKeyId = question.ApiKeyId,
            Kind = UsageKind.Answer,
            Purpose = question.Purpose,
            Model = generation.Model,
            PromptTokens = generation.PromptTokens,
            CompletionTokens = generation.CompletionTokens,
            OccurredAt = at,
            Department = question.Department,
            PriceClass = generation.PriceClass,
            Outcome = generation.Status switch
            {
                AnswerStatus.Completed => UsageOutcome.Completed,
                AnswerStatus.Failed when generation.ErrorField is null => UsageOutcome.Failed,
                // By whoever asked: stopped, gone, or asked for what cannot be.
                _ => UsageOutcome.Stopped,
            },
            DurationMs = question.OrderedAt is { } ordered ? Math.Max(0, (long)(at - ordered).TotalMilliseconds) : null,
        };
    }
}
