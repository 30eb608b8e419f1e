using System.Text.Json.Serialization;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.Chat.Completions;

/// <summary>OpenAI's <c>chat.completion</c> object, with LLMoin's own facts under <c>llmoin</c>, which other clients ignore.</summary>
internal sealed record CompletionBody(
    string Id, string Object, long Created, string Model, IReadOnlyList<CompletionBody.Choice> Choices, CompletionBody.TokenUsage Usage, CompletionBody.Extension Llmoin)
{
    public static CompletionBody Whole(CompletionInfo info) => new(
        info.Head.Id, "chat.completion", info.Head.CreatedAt.ToUnixTimeSeconds(), info.Head.Model,
        [new Choice(0, Message.Of(info), info.FinishReason ?? "stop")],
        TokenUsage.Of(info), Extension.Of(info));

    internal sealed record Choice(int Index, Message Message, string FinishReason);

    /// <param name="Role">assistant.</param>
    /// <param name="Content">Null where the model only called tools.</param>
    /// <param name="ReasoningContent">What it thought before.</param>
    /// <param name="ToolCalls">What it called.</param>
    internal sealed record Message(
        string Role, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Content, string? ReasoningContent, IReadOnlyList<ToolCallBody>? ToolCalls)
    {
        public static Message Of(CompletionInfo info)
        {
            IReadOnlyList<ToolCallBody>? calls = info.ToolCalls.Count == 0 ? null : [.. info.ToolCalls.Select(ToolCallBody.Of)];
            return new("assistant", calls is not null && info.Text.Length == 0 ? null : info.Text, info.Reasoning.Length == 0 ? null : info.Reasoning, calls);
        }
    }

    internal sealed record TokenUsage(int PromptTokens, int CompletionTokens, int TotalTokens)
    {
        public static TokenUsage Of(CompletionInfo info) => new(info.PromptTokens, info.CompletionTokens, info.PromptTokens + info.CompletionTokens);
    }

    /// <param name="AnswerId">For stop and for <c>/api/chat/answers</c>.</param>
    /// <param name="ConversationId">Where the answer is kept.</param>
    /// <param name="ParentMessageId">The message that it follows there: its question.</param>
    /// <param name="MessageId">Its own message there.</param>
    /// <param name="Status">completed, stopped, failed.</param>
    /// <param name="Fallback">True when another model than the one asked for had to answer.</param>
    /// <param name="SourcesUnavailable">True when the sources could not be searched.</param>
    /// <param name="Citations">What <c>[n]</c> in the text means.</param>
    /// <param name="Doubts">Statements of the text that its sources do not bear out.</param>
    /// <param name="Review">Signs that it reads like a decision on a person's rights, which is for people to take; see <see cref="Functions.Review.DecisionSigns"/>.</param>
    internal sealed record Extension(
        Guid AnswerId, Guid? ConversationId, Guid? ParentMessageId, Guid? MessageId, string Status, bool Fallback, bool SourcesUnavailable,
        IReadOnlyList<Citation> Citations, IReadOnlyList<Doubt> Doubts, IReadOnlyList<string> Review)
    {
        public static Extension Of(CompletionInfo info)
            => new(info.Head.AnswerId, info.ConversationId, info.ParentMessageId, info.MessageId, info.Status, info.Fallback, info.SourcesUnavailable, info.Citations, info.Doubts,
                Functions.Review.DecisionSigns.In(info.Text));
    }
}
