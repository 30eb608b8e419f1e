using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Answers;

/// <summary>PostgreSQL's text cannot hold the character NUL.</summary>
internal static class Storable
{
    public static string Text(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    public static ToolCall Call(ToolCall call) => new(Text(call.Id), Text(call.Name), Text(call.Arguments));
}
