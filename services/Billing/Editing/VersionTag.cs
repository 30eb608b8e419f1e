using System.Globalization;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Editing;

/// <summary>
/// The version of something edited as its entity tag (RFC 9110, section 8.8.3): who saves sends the tag of what was read as <c>If-Match</c>, so
/// that two who edit at once do not overwrite each other.
/// </summary>
internal static class VersionTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <returns>Null where <c>If-Match</c> names <paramref name="current"/>.</returns>
    public static ProblemResult? Check(HttpRequest request, int current)
    {
        if (request.Headers.IfMatch is not [{ } tag] || tag == "*")
            return new ProblemResult(ProblemType.VersionRequired, "Read it and send its ETag as If-Match.", "If-Match", "Bitte den Stand lesen und dessen ETag als If-Match senden.");
        return tag == Of(current) ? null : StaleVersion(current);
    }

    public static ProblemResult StaleVersion(int current) => new(ProblemType.StaleVersion, $"The current version is {current}; read it and apply your change to it.", "If-Match",
        $"Aktuell ist Fassung {current}; bitte diese laden und die Änderung darauf anwenden.");
}
