using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using LLMoin.Hosting;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>Stands where retrieval would: finds nothing and notes what it is asked.</summary>
internal sealed class RecordedSearches : IDisposable
{
    private readonly ConcurrentQueue<JsonNode> _asked = [];
    private readonly HttpListener _listener = new();

    public RecordedSearches()
    {
        Address = $"http://127.0.0.1:{ReservedPort.Free()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Address { get; }

    /// <summary>What it was asked since it was asked for the last time.</summary>
    public IReadOnlyList<JsonNode> Take()
    {
        var asked = new List<JsonNode>();
        while (_asked.TryDequeue(out var search))
            asked.Add(search);
        return asked;
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _asked.Enqueue((await JsonNode.ParseAsync(context.Request.InputStream))!);
                context.Response.ContentType = "application/json";
                context.Response.Close("""{"passages":[]}"""u8.ToArray(), willBlock: false);
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The tests are over.
        }
    }
}
