using System.Globalization;
using System.Text;

namespace LLMoin.Prompts.Examples;

/// <summary>What passed, what did not, and what is different from the last run.</summary>
internal static class RunReport
{
    public static string Of(RunRecord now, RunRecord? before)
    {
        var text = new StringBuilder();
        foreach (var result in now.Results)
        {
            text.Append(result.Passed ? "pass  " : "FAIL  ").Append(result.Key).Append(CultureInfo.InvariantCulture, $" (version {result.Version})\n");
            foreach (var fault in result.Faults)
                text.Append("        ").Append(fault).Append('\n');
        }

        var passed = now.Results.Count(result => result.Passed);
        text.Append(CultureInfo.InvariantCulture, $"\n{passed} passed, {now.Results.Count - passed} failed, model {now.Model}\n");
        if (before is not null)
            AppendChanges(text, now, before);
        return text.ToString();
    }

    private static void AppendChanges(StringBuilder text, RunRecord now, RunRecord before)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nSince {before.At:yyyy-MM-dd HH:mm} (model {before.Model}):\n");
        var earlier = before.Results.GroupBy(result => result.Key).ToDictionary(same => same.Key, same => same.Last());
        var changes = now.Results.Select(result => (result.Key, Change: Change(result, earlier.GetValueOrDefault(result.Key))))
            .Concat(earlier.Keys.Except(now.Results.Select(result => result.Key)).Select(key => (Key: key, Change: (string?)"not run this time")))
            .Where(change => change.Change is not null).ToList();
        if (changes.Count == 0)
            text.Append("  nothing changed\n");
        foreach (var (key, change) in changes)
            text.Append("  ").Append(key).Append(": ").Append(change).Append('\n');
    }

    private static string? Change(ExampleResult now, ExampleResult? before) => (before?.Passed, now.Passed) switch
    {
        (null, _) => "new",
        (true, false) => "passed, now fails",
        (false, true) => "failed, now passes",
        (false, false) when !now.Faults.SequenceEqual(before!.Faults) => "fails otherwise than before",
        _ => null,
    };
}
