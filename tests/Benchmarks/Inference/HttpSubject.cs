using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Prompts;
using LLMoin.PlatformBed;

namespace LLMoin.Benchmarks.Inference;

/// <summary>Anything that speaks OpenAI's chat completions: a peer given by its URL, or the whole platform.</summary>
internal sealed class HttpSubject(
    string name, IReadOnlyList<HttpClient> clients, string model, Func<string, IReadOnlyList<PromptMessage>> messages, Func<IReadOnlyList<int>> processes,
    IAsyncDisposable? owned = null) : Subject(name)
{
    /// <summary>A server without a system prompt of its own: it gets the one that this platform puts in front, so that prompts are alike.</summary>
    /// <param name="url">Up to and without <c>/v1</c>.</param>
    /// <param name="process">Its process on this machine, for CPU time; 0 for unknown.</param>
    public static HttpSubject Peer(Uri url, int process)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(20) };
        return new HttpSubject("peer", [client], "peer", text => GroundedPrompt.Messages(EngineSubject.Request(new Ask(text, 1))), () => process > 0 ? [process] : []);
    }

    public override double CpuSeconds() => processes().Sum(ProcessTree.CpuSeconds);

    public override async Task<AnswerTimes> AnswerAsync(Ask ask, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                model,
                stream = true,
                stream_options = new { include_usage = true },
                temperature = 0,
                max_tokens = ask.Tokens,
                store = false,
                sources = new { mode = "off" },
                messages = messages(ask.Text).Select(message => new { role = message.Role, content = message.Content }),
            }),
        };
        var times = new AnswerTimes();
        using var response = await clients[ask.User % clients.Count].SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{Name}: {await response.Content.ReadAsStringAsync(cancellation)}");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal))
                Take(line, times);
        return times;
    }

    public override ValueTask DisposeAsync() => owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Take(string line, AnswerTimes times)
    {
        using var chunk = JsonDocument.Parse(line.AsMemory(6));
        var root = chunk.RootElement;
        if (root.TryGetProperty("error", out var error))
            throw new InvalidOperationException(error.ToString());
        foreach (var choice in root.GetProperty("choices").EnumerateArray())
            if (choice.GetProperty("delta").TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String && content.GetString()!.Length > 0)
                times.TextCame();
        if (root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            times.PromptTokens = usage.GetProperty("prompt_tokens").GetInt32();
            times.Tokens = usage.GetProperty("completion_tokens").GetInt32();
        }
    }
}
