namespace LLMoin.Hosting;

/// <summary>Where servers' programs and our start scripts lie.</summary>
internal static class Installed
{
    /// <summary>The folder given in <paramref name="variable"/>, else ROOT/PATTERN/SUBFOLDER of the newest version; null without the program.</summary>
    public static string? Folder(string variable, string root, string pattern, string subfolder, string program)
    {
        var given = Environment.GetEnvironmentVariable(variable);
        var folders = given is { Length: > 0 } ? [given]
            : Directory.Exists(root) ? Directory.GetDirectories(root, pattern).Select(d => Path.Combine(d, subfolder)) : [];
        return folders.Where(f => File.Exists(Path.Combine(f, program))).OrderBy(f => f, VersionOrder).LastOrDefault();
    }

    public static string Script(string server) => Path.Combine(AppContext.BaseDirectory, server, "start.sh");

    private static readonly StringComparer VersionOrder =
        StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering);
}
