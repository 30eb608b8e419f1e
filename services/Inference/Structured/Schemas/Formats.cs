using LLMoin.Inference.Structured.Patterns;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>
/// Formats of JSON Schema (validation, section 7.3) as patterns: dates and times of RFC 3339 that exist, years from 1000; UUIDs of
/// RFC 9562; simple addresses of RFC 5321 and dotted IPv4 addresses.
/// </summary>
internal static class Formats
{
    private const string Leap = @"(?:[1-9]\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29";

    private const string Date =
        @"(?:[1-9]\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|" + Leap + ")";

    private const string Time = @"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)";

    private static readonly Dictionary<string, PatternNode> Known = new Dictionary<string, string>
    {
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = $"{Date}T{Time}",
        ["uuid"] = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        ["email"] = @"[A-Za-z0-9_+-]{1,32}(?:\.[A-Za-z0-9_+-]{1,32}){0,3}@(?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\.){1,4}[a-z]{2,12}",
        ["ipv4"] = @"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)",
    }.ToDictionary(format => format.Key, format => PatternParser.Parse($"^{format.Value}$", problem => new InvalidOperationException(problem)));

    public static string Names => string.Join(", ", Known.Keys);

    public static PatternNode? Find(string name) => Known.GetValueOrDefault(name);
}
