using System.Globalization;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Templates;

/// <summary>
/// A template's entity tag (RFC 9110, section 8.8.3): its version and, after a dot, a hash of what was read with it. Which of two edits
/// was first is decided by the version alone, so that a new rating makes no edit stale.
/// </summary>
internal static class VersionTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <returns>Null where <c>If-Match</c> names <paramref name="current"/>.</returns>
    public static ProblemResult? Check(HttpRequest request, int current)
    {
        if (request.Headers.IfMatch is not [{ } tag] || tag == "*")
            return TemplateProblems.VersionRequired;
        var version = tag.Trim('"').Split('.')[0];
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var expected) && expected == current
            ? null
            : TemplateProblems.StaleVersion(current);
    }
}
