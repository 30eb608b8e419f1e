using System.Text.Json;
using LLMoin.Contracts;

namespace LLMoin.Prompts.Examples;

/// <param name="Faults">What did not hold; empty when it passed.</param>
internal sealed record ExampleResult(string Template, int Version, string Example, IReadOnlyList<string> Faults)
{
    public bool Passed => Faults.Count == 0;

    public string Key => $"{Template}: {Example}";
}

/// <summary>What a run found, as kept for the next.</summary>
internal sealed record RunRecord(string Model, DateTimeOffset At, IReadOnlyList<ExampleResult> Results)
{
    private static readonly JsonSerializerOptions Indented = new(ContractJson.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>Null where there is no such file yet.</returns>
    /// <exception cref="JsonException">The file holds something else.</exception>
    public static async Task<RunRecord?> ReadAsync(string? path)
    {
        if (path is null || !File.Exists(path))
            return null;
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<RunRecord>(file, Indented) is { Results: not null } run ? run : throw new JsonException($"{path} holds no run.");
    }

    public async Task WriteAsync(string? path)
    {
        if (path is null)
            return;
        // Beside it first: a run that is cut off leaves the last one's file whole.
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(this, Indented) + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }
}
