using System.Text;
using System.Text.Json;

namespace LLMoin.PlatformTests;

/// <summary>A streamed completion, read to its end.</summary>
public sealed record StreamedAnswer(string Text, string Model, bool Done, JsonElement Extension, JsonElement? Error, Guid AnswerId, Guid ConversationId)
{
    /// <param name="response">Of a request for a stream.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="began">Told at the first text.</param>
    public static async Task<StreamedAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation, Action? began = null)
    {
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {(response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(cancellation))}");
        var text = new StringBuilder();
        var (model, done) = ("", false);
        JsonElement extension = default;
        JsonElement? error = null;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            done |= line == "data: [DONE]";
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
                continue;
            var chunk = JsonDocument.Parse(line.AsMemory(6)).RootElement;
            if (chunk.TryGetProperty("error", out var failure))
            {
                error = failure;
                continue;
            }
            model = chunk.GetProperty("model").GetString()!;
            if (chunk.TryGetProperty("llmoin", out var own))
                extension = own;
            foreach (var choice in chunk.GetProperty("choices").EnumerateArray())
                text.Append(choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "");
            if (text.Length > 0)
            {
                began?.Invoke();
                began = null;
            }
        }
        return new StreamedAnswer(text.ToString(), model, done, extension, error, Header(response, "x-llmoin-answer-id"), Header(response, "x-llmoin-conversation-id"));
    }

    private static Guid Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? Guid.Parse(values.Single()) : Guid.Empty;
}
