using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.PlatformBed;

namespace LLMoin.Benchmarks.Platform;

/// <summary>Streams of the replay engine through gateway, chat, broker and worker, and back.</summary>
internal static class PlatformStreams
{
    /// <summary>The platform with limits out of the way: what is measured is the way, not the gate.</summary>
    /// <param name="settings">Environment besides.</param>
    public static Task<PlatformRun> StartAsync(params (string Key, string Value)[] settings) => PlatformRun.StartAsync(
    [
        ("Limits__UserRequestsPerMinute", "1000000"), ("Limits__TenantRequestsPerMinute", "1000000"),
        ("Limits__UserConcurrentGenerations", "100000"), ("Limits__TenantConcurrentGenerations", "100000"), .. settings,
    ]);

    public static async Task<StreamTimes> ReadAsync(HttpClient client, int tokens, double rate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                model = "replay",
                stream = true,
                sources = new { mode = "off" },
                messages = new[] { new { role = "user", content = FormattableString.Invariant($"replay tokens={tokens} rate={rate}") } },
            }),
        };
        var times = new StreamTimes(rate);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal))
                times.Take(Content(line));
        return times;
    }

    private static string Content(string line)
    {
        using var chunk = JsonDocument.Parse(line.AsMemory(6));
        if (chunk.RootElement.TryGetProperty("error", out var error))
            throw new InvalidOperationException(error.ToString());
        return chunk.RootElement.GetProperty("choices").EnumerateArray()
            .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "")
            .FirstOrDefault() ?? "";
    }
}
