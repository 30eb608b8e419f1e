using System.Globalization;

namespace LLMoin.Identity.Account;

/// <summary>German, unless the browser prefers English to it.</summary>
internal static class Language
{
    public static bool IsEnglish(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptLanguage;
        return Quality(accepted, "en") > Quality(accepted, "de");
    }

    private static double Quality(IList<Microsoft.Net.Http.Headers.StringWithQualityHeaderValue> accepted, string language)
        => accepted
            .Where(entry => entry.Value.ToString().Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase))
            .Select(entry => entry.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();

    /// <summary>"90 Sekunden", "3 Minuten", rounded up.</summary>
    public static string Duration(TimeSpan wait, bool english)
    {
        var (amount, de, en) = wait < TimeSpan.FromMinutes(2)
            ? ((int)Math.Max(1, Math.Ceiling(wait.TotalSeconds)), "Sekunde", "second")
            : ((int)Math.Ceiling(wait.TotalMinutes), "Minute", "minute");
        var plural = amount == 1 ? "" : english ? "s" : "n";
        return string.Create(CultureInfo.InvariantCulture, $"{amount} {(english ? en : de)}{plural}");
    }
}
