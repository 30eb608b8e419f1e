using LLMoin.Chat.Sources;

namespace LLMoin.Chat.Completions;

/// <summary>OpenAI's <c>chat.completion</c> object, with LLMoin's own facts under <c>llmoin</c>, which other clients ignore.</summary>
internal sealed record CompletionBody(
    string Id, string Object, long Created, string Model, IReadOnlyList<CompletionBody.Choice> Choices, CompletionBody.TokenUsage Usage, CompletionBody.Extension Llmoin)
{
    public static CompletionBody Whole(CompletionInfo info) => new(
        info.Id, "chat.completion", info.CreatedAt.ToUnixTimeSeconds(), info.Model,
        [new Choice(0, new Message("assistant", info.Text), info.FinishReason ?? "stop")],
        TokenUsage.Of(info), Extension.Of(info));

    internal sealed record Choice(int Index, Message Message, string FinishReason);

    internal sealed record Message(string Role, string Content);

    internal sealed record TokenUsage(int PromptTokens, int CompletionTokens, int TotalTokens)
    {
        public static TokenUsage Of(CompletionInfo info) => new(info.PromptTokens, info.CompletionTokens, info.PromptTokens + info.CompletionTokens);
    }

    /// <param name="AnswerId">For stop and for <c>/api/chat/answers</c>.</param>
    /// <param name="ConversationId">Where the answer is kept.</param>
    /// <param name="Status">completed, stopped, failed.</param>
    /// <param name="Fallback">True when another model than the one asked for had to answer.</param>
    /// <param name="SourcesUnavailable">True when the sources could not be searched.</param>
    /// <param name="Citations">What <c>[n]</c> in the text means.</param>
    internal sealed record Extension(Guid AnswerId, Guid? ConversationId, string Status, bool Fallback, bool SourcesUnavailable, IReadOnlyList<Citation> Citations)
    {
        public static Extension Of(CompletionInfo info)
            => new(info.AnswerId, info.ConversationId, info.Status, info.Fallback, info.SourcesUnavailable, info.Citations);
    }
}
