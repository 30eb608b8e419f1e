using System.Text;

namespace LLMoin.Exports.Text;

internal static class FileName
{
    private const int Longest = 80;

    /// <summary>Letters and digits of the title with single hyphens between; nothing that a file system or a header could take amiss.</summary>
    public static string Of(string title, string extension)
    {
        var name = new StringBuilder();
        foreach (var rune in title.EnumerateRunes())
        {
            if (name.Length >= Longest)
                break;
            if (Rune.IsLetterOrDigit(rune))
                name.Append(rune.ToString());
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }
        return name.ToString().Trim('-') is { Length: > 0 } safe ? $"{safe}.{extension}" : $"export.{extension}";
    }
}
