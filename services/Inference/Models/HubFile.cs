using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LLMoin.Inference.Models;

/// <summary>A file of a repository on Hugging Face or a mirror, written <c>owner/repo:file.gguf</c>.</summary>
/// <param name="Repository"><c>owner/repo</c>.</param>
/// <param name="File">The path inside the repository; no part of it begins with a dot.</param>
internal sealed partial record HubFile(string Repository, string File)
{
    /// <summary>Where it lies below the models directory.</summary>
    public string RelativePath => $"{Repository}/{File}";

    /// <summary>Every file of the model, in order: one, or all parts of a split one.</summary>
    public IReadOnlyList<HubFile> Parts => SplitName().Match(File) is { Success: true } split
        ? [.. Enumerable.Range(1, Total(split)).Select(part => this with { File = PartName(split, part) })]
        : [this];

    public static bool TryParse(string text, [NotNullWhen(true)] out HubFile? file)
    {
        var match = Name().Match(text);
        file = match.Success ? new HubFile(match.Groups["repository"].Value, match.Groups["file"].Value) : null;
        // A model is named by its first part; a split of nothing or of thousands is none.
        if (file is not null && SplitName().Match(file.File) is { Success: true } split && Total(split) is 0 or > 999)
            file = null;
        return file is not null;
    }

    public override string ToString() => $"{Repository}:{File}";

    private static int Total(Match split) => int.Parse(split.Groups["total"].ValueSpan, CultureInfo.InvariantCulture);

    private static string PartName(Match split, int part)
        => $"{split.Groups["stem"].Value}-{part.ToString("D5", CultureInfo.InvariantCulture)}-of-{split.Groups["total"].Value}.gguf";

    [GeneratedRegex(@"^(?<repository>[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}):(?<file>([A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}/){0,4}[A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}\.gguf)\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?<stem>.+)-(?<part>[0-9]{5})-of-(?<total>[0-9]{5})\.gguf\z")]
    internal static partial Regex SplitName();
}
