using System.Globalization;

namespace LLMoin.Inference.Engines.Replay;

/// <summary>
/// What the replay engine is to do, read from the last message, e.g. <c>replay tokens=200 rate=50 fail-after=20 wait-ms=100</c>.
/// Reasoning comes first, then the text, then the calls.
/// </summary>
/// <param name="Tokens">Length of the text.</param>
/// <param name="Rate">Tokens per second; 0 is as fast as possible.</param>
/// <param name="FailAfter">The engine refuses after this many tokens.</param>
/// <param name="CrashAfter">The process ends after this many tokens, in every attempt: a poison request.</param>
/// <param name="WaitMilliseconds">Before the first token, as reading in a prompt would take.</param>
/// <param name="Reasoning">Tokens of reasoning before the text.</param>
/// <param name="Calls">Tool calls after it, a token each.</param>
/// <param name="Paragraph">Tokens after which a new paragraph begins; 0 for one without end.</param>
internal sealed record ReplayScript(int Tokens, double Rate, int? FailAfter, int? CrashAfter, int WaitMilliseconds, int Reasoning, int Calls, int Paragraph)
{
    public int Length => Reasoning + Tokens + Calls;

    public static ReplayScript Parse(string message)
    {
        var values = message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        double? Value(string key) => double.TryParse(values[key].FirstOrDefault(), CultureInfo.InvariantCulture, out var number) ? number : null;

        return new ReplayScript(
            (int)(Value("tokens") ?? 50), Value("rate") ?? 50, (int?)Value("fail-after"), (int?)Value("crash-after"), (int)(Value("wait-ms") ?? 0),
            (int)(Value("reasoning") ?? 0), (int)(Value("calls") ?? 0), (int)(Value("paragraph") ?? 0));
    }
}
