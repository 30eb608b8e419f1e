using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Answers.Following;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Completions;

/// <summary>
/// An answer as server-sent events in OpenAI's form: <c>chat.completion.chunk</c> objects, the role in the first delta, exactly one
/// finish reason, then <c>[DONE]</c>. Waiting shows as comment lines, which also keep proxies from closing an idle stream.
/// </summary>
/// <param name="response">Where it goes.</param>
/// <param name="head">Id, model and time of the answer.</param>
/// <param name="from">What its reader has already; null where they do not come back, and no event needs an id.</param>
internal sealed class CompletionStream(HttpResponse response, CompletionHead head, AnswerPosition? from = null) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true, Encoder = CompletionRequest.Json.Encoder });
    private readonly long _created = head.CreatedAt.ToUnixTimeSeconds();
    private string _model = head.Model;
    private bool _roleSent;
    private int _toolCalls = from?.Calls ?? 0;

    public bool HasStarted { get; private set; }

    private PipeWriter Body => response.BodyWriter;

    public void Write(AnswerEvent news)
    {
        Start();
        switch (news.Kind)
        {
            case AnswerEventKind.Waiting:
                Comment(Waiting(news));
                break;
            case AnswerEventKind.Working:
                Comment("working");
                break;
            case AnswerEventKind.Text:
                if (from is not null)
                    Raw(Encoding.UTF8.GetBytes($"id: {news.At}\n"));
                Chunk(news, finishReason: null, end: null);
                break;
        }
    }

    public ValueTask SayAsync(AnswerEvent news, CancellationToken cancellation)
    {
        Write(news);
        return FlushAsync(cancellation);
    }

    private async ValueTask FlushAsync(CancellationToken cancellation) => await Body.FlushAsync(cancellation);

    public async Task EndAsync(CompletionInfo end, bool includeUsage, CancellationToken cancellation)
    {
        Start();
        _model = end.Head.Model;
        Chunk(new AnswerEvent(AnswerEventKind.Text), end.FinishReason ?? "stop", end);
        if (includeUsage)
            UsageChunk(end);
        Raw("data: [DONE]\n\n"u8);
        await FlushAsync(cancellation);
    }

    /// <summary>A stream that just ended would look like success, so the failure is said in it.</summary>
    public async Task FailAsync(OpenAiError error, CancellationToken cancellation)
    {
        Raw("data: "u8);
        Raw(JsonSerializer.SerializeToUtf8Bytes(error, CompletionRequest.Json));
        Raw("\n\n"u8);
        await FlushAsync(cancellation);
    }

    public void Dispose() => _json.Dispose();

    private void Start()
    {
        if (HasStarted)
            return;
        HasStarted = true;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private void Comment(string text)
    {
        Raw(": "u8);
        Raw(Encoding.UTF8.GetBytes(text));
        Raw("\n\n"u8);
    }

    private static string Waiting(AnswerEvent news) => news switch
    {
        { Position: { } position, EstimatedWait: { } wait } => string.Create(CultureInfo.InvariantCulture, $"queue-position {position}, about {Math.Ceiling(wait):0} s"),
        { Position: { } position } => string.Create(CultureInfo.InvariantCulture, $"queue-position {position}"),
        _ => "waiting",
    };

    private void Chunk(AnswerEvent news, string? finishReason, CompletionInfo? end)
    {
        BeginChunk();
        _json.WriteStartArray("choices"u8);
        _json.WriteStartObject();
        _json.WriteNumber("index"u8, 0);
        _json.WriteStartObject("delta"u8);
        if (!_roleSent)
            _json.WriteString("role"u8, "assistant"u8);
        if (news.Reasoning is { Length: > 0 })
            _json.WriteString("reasoning_content"u8, news.Reasoning);
        // An answer without any text has an empty one.
        if (news.Text.Length > 0 || (end is not null && !_roleSent))
            _json.WriteString("content"u8, news.Text);
        if (news.ToolCall is { } call)
            WriteCall(call);
        _roleSent = true;
        _json.WriteEndObject();
        _json.WriteString("finish_reason"u8, finishReason);
        _json.WriteEndObject();
        _json.WriteEndArray();
        if (end is not null)
        {
            _json.WritePropertyName("llmoin"u8);
            JsonSerializer.Serialize(_json, CompletionBody.Extension.Of(end), CompletionRequest.Json);
        }
        EndChunk();
    }

    /// <summary>Whole calls in one delta each, which OpenAI's protocol allows.</summary>
    private void WriteCall(ToolCall call)
    {
        _json.WriteStartArray("tool_calls"u8);
        _json.WriteStartObject();
        _json.WriteNumber("index"u8, _toolCalls++);
        _json.WriteString("id"u8, call.Id);
        _json.WriteString("type"u8, "function"u8);
        _json.WriteStartObject("function"u8);
        _json.WriteString("name"u8, call.Name);
        _json.WriteString("arguments"u8, call.Arguments);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void UsageChunk(CompletionInfo end)
    {
        BeginChunk();
        _json.WriteStartArray("choices"u8);
        _json.WriteEndArray();
        _json.WritePropertyName("usage"u8);
        JsonSerializer.Serialize(_json, CompletionBody.TokenUsage.Of(end), CompletionRequest.Json);
        EndChunk();
    }

    private void BeginChunk()
    {
        Raw("data: "u8);
        _json.Reset(Body);
        _json.WriteStartObject();
        _json.WriteString("id"u8, head.Id);
        _json.WriteString("object"u8, "chat.completion.chunk"u8);
        _json.WriteNumber("created"u8, _created);
        _json.WriteString("model"u8, _model);
    }

    private void EndChunk()
    {
        _json.WriteEndObject();
        _json.Flush();
        Raw("\n\n"u8);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => Body.Write(bytes);
}
