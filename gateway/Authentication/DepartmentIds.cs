namespace LLMoin.Gateway.Authentication;

/// <summary>What an outside token may say about departments: a few plain names, so that it does not swell every internal token.</summary>
internal static class DepartmentIds
{
    private const int Most = 50;
    private const int Longest = 100;

    public static IReadOnlySet<string> Of(IEnumerable<string>? named)
        => (named ?? []).Where(id => !string.IsNullOrWhiteSpace(id) && id.Length <= Longest && !id.Any(char.IsControl)).Take(Most).ToHashSet(StringComparer.Ordinal);
}
