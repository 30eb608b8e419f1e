using System.Globalization;

namespace LLMoin.Chat.Answers.Following;

/// <summary>How much of an answer a reader has: characters of reasoning and of text, and calls. Written <c>reasoning.text.calls</c>.</summary>
internal readonly record struct AnswerPosition(int Reasoning, int Text, int Calls)
{
    /// <summary>False where it is none; nothing at all is the beginning.</summary>
    public static bool TryParse(string? written, out AnswerPosition position)
    {
        position = default;
        if (string.IsNullOrEmpty(written))
            return true;
        var parts = written.Split('.');
        if (parts.Length != 3 || !Number(parts[0], out var reasoning) || !Number(parts[1], out var text) || !Number(parts[2], out var calls))
            return false;
        position = new AnswerPosition(reasoning, text, calls);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Reasoning}.{Text}.{Calls}");

    private static bool Number(string written, out int number) => int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
