using LLMoin.Contracts.Inference;
using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Calls;

/// <summary>The texts around the names and arguments of calls.</summary>
/// <param name="Opening">Before the first call.</param>
/// <param name="BeforeName">Before each function's name.</param>
/// <param name="BeforeArguments">Between name and arguments.</param>
/// <param name="AfterArguments">After each call.</param>
/// <param name="Between">Between two calls.</param>
/// <param name="Closing">After the last call.</param>
internal sealed record Layout(string Opening, string BeforeName, string BeforeArguments, string AfterArguments, string Between, string Closing)
{
    /// <summary>A call as text. Names need no escape: they hold letters, digits, <c>_</c> and <c>-</c> only.</summary>
    public string Text(ToolCall call) => $"{BeforeName}{call.Name}{BeforeArguments}{call.Arguments}{AfterArguments}";

    /// <summary>A call as a grammar's sequence.</summary>
    public string Call(string name, string arguments)
        => string.Join(' ', new[] { Literal($"{BeforeName}{name}{BeforeArguments}"), arguments, Literal(AfterArguments) }.Where(part => part.Length > 0));

    /// <summary>A literal; empty where the text is.</summary>
    public static string Literal(string text) => text.Length == 0 ? "" : GbnfText.Literal(text);
}
