using System.Text.RegularExpressions;

namespace LLMoin.Extractive.Answers;

/// <summary>What a message asks the engine to do.</summary>
public enum ExtractiveTask
{
    /// <summary>Quote the sentences of the passages that answer a question.</summary>
    Answer,

    /// <summary>Quote the most important sentences of a text or of the passages.</summary>
    Summarize,

    /// <summary>Anything that needs a language model: the engine says what it can do instead.</summary>
    Explain,
}

/// <summary>
/// The task of a message. For a summary, <paramref name="Instruction"/> is the part that asks for it and
/// <paramref name="InlineText"/> the text that came with it, null if the passages are meant.
/// </summary>
internal sealed partial record TaskReading(ExtractiveTask Task, string Instruction, string? InlineText = null)
{
    private const int LongestInstruction = 300;
    private const int FewestWordsOfText = 20;

    public static TaskReading Of(string message, bool hasPassages)
    {
        if (SummaryAtStart(message) is { } first) return first;
        if (SummaryAtEnd(message) is { } last) return last;
        if (Words(message) <= 40 && Summarize().IsMatch(message)) return new TaskReading(ExtractiveTask.Summarize, message);
        return new TaskReading(hasPassages && !AsksToWrite(message) ? ExtractiveTask.Answer : ExtractiveTask.Explain, message);
    }

    /// <summary>"Fasse den Text in drei Sätzen zusammen: …" with the text behind the colon, the line or the sentence.</summary>
    private static TaskReading? SummaryAtStart(string message)
    {
        var head = message[..Math.Min(message.Length, LongestInstruction)];
        if (Summarize().Match(head) is not { Success: true } match) return null;
        var cut = InstructionEnd().Match(message, match.Index + match.Length);
        if (!cut.Success || cut.Index > LongestInstruction) return null;
        var text = message[(cut.Index + cut.Length)..];
        return Words(text) < FewestWordsOfText ? null : new TaskReading(ExtractiveTask.Summarize, message[..cut.Index], Unwrapped(text));
    }

    /// <summary>A text with the instruction in its last line or paragraph.</summary>
    private static TaskReading? SummaryAtEnd(string message)
    {
        var trimmed = message.TrimEnd();
        var line = trimmed.LastIndexOf('\n') + 1;
        if (line == 0 || trimmed.Length - line > LongestInstruction || !Summarize().IsMatch(trimmed[line..])) return null;
        var text = trimmed[..line];
        return Words(text) < FewestWordsOfText ? null : new TaskReading(ExtractiveTask.Summarize, trimmed[line..], Unwrapped(text));
    }

    /// <summary>An order to produce text ("Schreibe …", "Kannst du … übersetzen?"), not a question about one ("Wie formuliere ich …?").</summary>
    private static bool AsksToWrite(string message)
    {
        var head = message[..Math.Min(message.Length, LongestInstruction)];
        return Order().IsMatch(head) || PoliteOrder().IsMatch(head);
    }

    private static string Unwrapped(string text) => text.Trim().Trim('"', '`', '„', '“', '”', '»', '«').Trim();

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Verbs = "schreib|verfass|formulier|entwirf|entwerf|erstell|übersetz|uebersetz|dichte|reime|korrigier|erzähl|erfind|programmier|generier|write|draft|compose|translate|create|generate|rewrite";

    [GeneratedRegex(@"\bfass(e|en|t)?\b[^\n:]{0,200}?\bzusammen\b|\bzusammen(zu)?fass\w*|\bzusammengefasst\b|\bsummari[sz]e\b|\bsummary\b|\btl;?dr\b|\bkernaussagen\b|\b(wichtigsten|wesentlichen|zentralen) (punkte|aussagen|inhalte)\b|\bkürze\b[^\n:]{0,60}\btext\b", Options)]
    private static partial Regex Summarize();

    [GeneratedRegex(@":\s|\r?\n|[.!?]\s+(?=[\p{Lu}„""])")]
    private static partial Regex InstructionEnd();

    [GeneratedRegex(@"^\W*(?:(?:bitte|please|hallo|moin|und|dann|jetzt|nun|mir|guten tag|can you|could you)\W+)*(?:" + Verbs + @")(e|en|t|st)?\b(?!\w)", Options)]
    private static partial Regex Order();

    [GeneratedRegex(@"\b(?:kannst|könntest|können|könnten|würdest|würden|can|could|would)\s+(?:du|sie|you)\b[^?.!]*\b(?:" + Verbs + @")(?:e|en)?\b", Options)]
    private static partial Regex PoliteOrder();
}
