using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace LLMoin.Chat.Functions;

/// <summary>
/// A prompt in a file of <c>Functions/Prompts</c>: what is above the line <c>=== user ===</c> is the system's, below it the user's part. Both have
/// <c>{{places}}</c> to fill in. The newest version is used, and named in the result; a changed prompt is a new file.
/// </summary>
internal sealed partial class PromptFile
{
    private const string Division = "\n=== user ===\n";

    private static readonly ConcurrentDictionary<string, PromptFile> Read = new(StringComparer.Ordinal);

    private readonly string _system;
    private readonly string _user;

    private PromptFile(string name)
    {
        const string Folder = "Functions/Prompts/";
        var assembly = typeof(PromptFile).Assembly;
        var newest = assembly.GetManifestResourceNames()
            .Select(resource => FileName().Match(resource.StartsWith(Folder, StringComparison.Ordinal) ? resource[Folder.Length..] : ""))
            .Where(match => match.Groups[1].Value == name)
            .MaxBy(match => int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture))
            ?? throw new InvalidOperationException($"There is no prompt '{name}'.");
        Version = $"{name}.v{newest.Groups[2].Value}";
        using var reader = new StreamReader(assembly.GetManifestResourceStream(Folder + newest.Value)!);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
        var division = text.IndexOf(Division, StringComparison.Ordinal);
        (_system, _user) = division < 0 ? (text, "") : (text[..division], text[(division + Division.Length)..]);
    }

    /// <summary>Its name and version, e.g. <c>summarise.v1</c>.</summary>
    public string Version { get; }

    public static PromptFile Named(string name) => Read.GetOrAdd(name, key => new PromptFile(key));

    /// <param name="values">One for each place. A line that has nothing but a place without a value goes.</param>
    /// <exception cref="InvalidOperationException">A place has no value.</exception>
    public FilledPrompt Fill(params (string Place, string? Value)[] values)
    {
        var byPlace = values.ToDictionary(value => value.Place, value => value.Value ?? "", StringComparer.Ordinal);
        return new FilledPrompt(Version, Fill(_system), Fill(_user));

        string Fill(string text)
        {
            var lines = EmptyLines().Replace(EmptyLine().Replace(text, match => Value(match.Groups[1].Value).Length == 0 ? "" : match.Value), "\n\n");
            return Place().Replace(lines, match => Value(match.Groups[1].Value)).Trim();
        }

        string Value(string place) => byPlace.TryGetValue(place, out var value) ? value : throw new InvalidOperationException($"{Version}: '{place}' has no value.");
    }

    [GeneratedRegex(@"^([a-z-]+)\.v(\d+)\.md$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\{\{([a-z]+)\}\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"^\{\{([a-z]+)\}\}\n?", RegexOptions.Multiline)]
    private static partial Regex EmptyLine();
}

/// <param name="Version">Of the file that it is from.</param>
internal sealed record FilledPrompt(string Version, string System, string User);
