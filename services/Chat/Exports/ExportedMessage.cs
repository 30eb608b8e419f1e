using System.Text.Json;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.Chat.Exports;

/// <summary>A message as an export needs it.</summary>
internal sealed record ExportedMessage(string Role, string Content, string? Model, string? Citations, string? Doubts, DateTime CreatedAt)
{
    public IReadOnlyList<Citation> Cited => Read<Citation>(Citations);

    public IReadOnlyList<Doubt> Doubted => Read<Doubt>(Doubts);

    private static IReadOnlyList<T> Read<T>(string? json) => json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<T>>(json, JsonSerializerOptions.Web)!;
}
