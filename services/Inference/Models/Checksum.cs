using System.Text.RegularExpressions;

namespace LLMoin.Inference.Models;

/// <summary>SHA-256 sums beside model files, in the format of <c>sha256sum</c>, so that copies can be checked with <c>sha256sum -c</c>.</summary>
internal static partial class Checksum
{
    public static string FileFor(string model) => model + ".sha256";

    public static void Write(string model, string sha256)
        => File.WriteAllText(FileFor(model), $"{sha256}  {Path.GetFileName(model)}\n");

    /// <summary>64 hexadecimal digits, or null where there is no such file.</summary>
    public static string? ReadFor(string model)
    {
        var file = FileFor(model);
        return File.Exists(file) ? Of(File.ReadLines(file).FirstOrDefault()?.Split(' ')[0]) : null;
    }

    /// <summary>The sum in lower case if the text is one, else null.</summary>
    public static string? Of(string? text) => text is not null && Digits().IsMatch(text) ? text.ToLowerInvariant() : null;

    [GeneratedRegex(@"^[0-9a-fA-F]{64}\z")]
    private static partial Regex Digits();
}
