using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LLMoin.ServiceTests.Chat;

/// <summary>Reads a streamed completion event by event, as a front-end does.</summary>
public sealed class CompletionReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;
    private readonly StringBuilder _text = new();

    private CompletionReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _lines = new StreamReader(body);
    }

    public HttpResponseMessage Response => _response;

    public string Text => _text.ToString();

    public string Reasoning { get; private set; } = "";

    /// <summary>Ids and arguments, in the order of their index.</summary>
    public List<(string Id, string Arguments)> ToolCalls { get; } = [];

    /// <summary>Comment lines, e.g. <c>queue-position 2</c>.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>It was told that it is at this place of the line, with or without how long that will take.</summary>
    public bool WasAt(int place) => Comments.Exists(comment => comment == $"queue-position {place}" || comment.StartsWith($"queue-position {place},", StringComparison.Ordinal));

    /// <summary>Of the last event that came; null where events have none.</summary>
    public string? LastEventId { get; private set; }

    public List<string> FinishReasons { get; } = [];

    public JsonElement? Error { get; private set; }

    public JsonElement? Usage { get; private set; }

    public JsonElement? Extension { get; private set; }

    public string? Model { get; private set; }

    public bool Done { get; private set; }

    public Guid AnswerId => Guid.Parse(_response.Headers.GetValues("x-llmoin-answer-id").Single());

    public Guid ConversationId => Guid.Parse(_response.Headers.GetValues("x-llmoin-conversation-id").Single());

    /// <summary>Asks the replay engine; <paramref name="script"/> e.g. <c>tokens=20 rate=50</c>.</summary>
    public static Task<CompletionReader> AskAsync(HttpClient client, string script, string? key = null, CancellationToken cancellation = default)
        => AskAsync(client, new
        {
            model = "replay",
            stream = true,
            stream_options = new { include_usage = true },
            sources = new { mode = "off" },
            messages = new[] { new { role = "user", content = "replay " + script } },
        }, key, cancellation);

    public static async Task<CompletionReader> AskAsync(HttpClient client, object body, string? key = null, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new CompletionReader(response, await response.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>Comes back to an answer; <paramref name="after"/> is the id of the last event that came before.</summary>
    public static async Task<CompletionReader> ResumeAsync(HttpClient client, Guid answerId, string? after = null, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/answers/{answerId}/events");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new CompletionReader(response, await response.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>Reads on until <paramref name="enough"/>, which must come before the end, or to the end.</summary>
    public async Task<CompletionReader> ReadAsync(Func<CompletionReader, bool>? enough = null, CancellationToken cancellation = default)
    {
        while (enough is null || !enough(this))
        {
            if (await _lines.ReadLineAsync(cancellation) is not { } line)
            {
                Assert.True(enough is null, $"The answer ended before. Error: {Error}; comments: {string.Join(", ", Comments)}; text: {Text}");
                break;
            }
            if (line.StartsWith(": ", StringComparison.Ordinal))
                Comments.Add(line[2..]);
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastEventId = line[4..];
            else if (line == "data: [DONE]")
                Done = true;
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                Take(JsonDocument.Parse(line[6..]).RootElement);
        }
        return this;
    }

    /// <summary>Presses stop, and reads to the end.</summary>
    /// <param name="client">Its owner's.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="answer">Its id, where it is read for the second time, which does not say it.</param>
    public async Task<CompletionReader> StopAsync(HttpClient client, CancellationToken cancellation, Guid? answer = null)
    {
        using var stop = await client.PostAsync($"/api/chat/answers/{answer ?? AnswerId}/stop", null, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, stop.StatusCode);
        return await ReadAsync(cancellation: cancellation);
    }

    /// <summary>What the replay engine says in so many tokens.</summary>
    public static string Numbers(int count) => string.Concat(Enumerable.Range(0, count).Select(n => $"{n} "));

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private void Take(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out var error))
        {
            Error = error;
            return;
        }
        Model = chunk.GetProperty("model").GetString();
        if (chunk.TryGetProperty("usage", out var usage))
            Usage = usage;
        if (chunk.TryGetProperty("llmoin", out var extension))
            Extension = extension;
        foreach (var choice in chunk.GetProperty("choices").EnumerateArray())
        {
            if (choice.GetProperty("delta").TryGetProperty("content", out var content))
                _text.Append(content.GetString());
            if (choice.GetProperty("delta").TryGetProperty("reasoning_content", out var reasoning))
                Reasoning += reasoning.GetString();
            if (choice.GetProperty("delta").TryGetProperty("tool_calls", out var calls))
                foreach (var call in calls.EnumerateArray())
                {
                    Assert.Equal(ToolCalls.Count, call.GetProperty("index").GetInt32());
                    Assert.Equal("function", call.GetProperty("type").GetString());
                    ToolCalls.Add((call.GetProperty("id").GetString()!, call.GetProperty("function").GetProperty("arguments").GetString()!));
                }
            if (choice.GetProperty("finish_reason").GetString() is { } reason)
                FinishReasons.Add(reason);
        }
    }
}
