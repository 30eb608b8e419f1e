namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>Puts lines together again. Word division and a hyphen of its own look alike; what follows tells them apart.</summary>
internal static class PdfHyphens
{
    private static readonly string[] Joining = ["und", "oder", "bzw.", "sowie", "als", "noch", "bis"];

    /// <summary>
    /// <c>Straßen-</c> + <c>reinigung</c> gives <c>Straßenreinigung</c>; <c>Homeoffice-</c> + <c>Antrag</c> keeps its hyphen;
    /// <c>Vor-</c> + <c>und Nachname</c> keeps hyphen and space.
    /// </summary>
    public static string Join(string above, string below)
    {
        if (above.Length == 0 || below.Length == 0)
            return above + below;
        if (above.Length < 2 || above[^1] is not ('-' or '\u2010') || !char.IsLetterOrDigit(above[^2]))
            return $"{above} {below}";
        if (!char.IsLower(below[0]))
            return char.IsLetterOrDigit(below[0]) ? above + below : $"{above} {below}";
        return Joining.Contains(below.Split(' ', 2)[0]) ? $"{above} {below}" : above[..^1] + below;
    }
}
