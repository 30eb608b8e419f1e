using System.Globalization;

namespace LLMoin.Retrieval.Uploads;

/// <summary>The preference <c>wait</c> of a request (RFC 7240, section 4.3): how long its sender would wait for a result.</summary>
internal static class PreferWait
{
    private const int Longest = 30;

    public static TimeSpan? Of(HttpRequest request)
    {
        foreach (var preference in request.Headers.GetCommaSeparatedValues("Prefer"))
        {
            if (preference.Split('=', 2, StringSplitOptions.TrimEntries) is ["wait", var seconds]
                && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wait))
                return TimeSpan.FromSeconds(Math.Min(wait, Longest));
        }

        return null;
    }
}
