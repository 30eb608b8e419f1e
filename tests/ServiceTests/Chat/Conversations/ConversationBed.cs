using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>One chat service with a replay worker for all tests about conversations; each test has a tenant of its own.</summary>
public sealed class ConversationBed(Servers servers) : IAsyncLifetime
{
    private readonly RecordedSearches _searches = new();
    private readonly List<AnswerRated> _rated = [];
    private IConnection _broker = null!;
    private IChannel _channel = null!;
    private ServiceProcess _worker = null!;

    public ServiceProcess Chat { get; private set; } = null!;

    internal RecordedSearches Searches => _searches;

    public async ValueTask InitializeAsync()
    {
        _broker = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync();
        _channel = await _broker.CreateChannelAsync();
        await Topology.DeclareExchangeAsync(_channel, "chat", CancellationToken.None);
        var queue = await _channel.QueueDeclareAsync();
        await _channel.QueueBindAsync(queue.QueueName, Topology.Exchange("chat"), "answer-rated.v1");
        var ear = new AsyncEventingBasicConsumer(_channel);
        ear.ReceivedAsync += (_, message) =>
        {
            lock (_rated)
                _rated.Add(JsonSerializer.Deserialize<AnswerRated>(message.Body.Span, ContractJson.Web)!);
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, autoAck: true, ear);
        var chat = servers.StartServiceAsync("Chat", ("services__retrieval__http__0", _searches.Address), ("Chat__MaxAssistants", "3"));
        var worker = servers.StartServiceAsync("Inference", ("ASPNETCORE_ENVIRONMENT", "Testing"), ("Inference__Engine", "replay"));
        (Chat, _worker) = (await chat, await worker);
        await ReadUntil.TrueAsync(async () => (await ChatBed.ModelsAsync(Chat)).Contains("replay"), "the worker announces its model");
    }

    /// <summary>A member of staff.</summary>
    public HttpClient Staff(string tenant, string user, params string[] roles) => Chat.ClientFor(tenant, user, ["user", .. roles]);

    public HttpClient InDepartment(string tenant, string user, string department, params string[] roles)
        => Chat.ClientFor(new Caller(tenant, user, user, roles.Append("user").ToHashSet(), null) { Departments = new HashSet<string> { department } });

    /// <summary>What has been said of this answer, in the order in which it came.</summary>
    public IReadOnlyList<AnswerRated> RatedSoFar(Guid answer)
    {
        lock (_rated)
            return [.. _rated.Where(rated => rated.AnswerId == answer)];
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _broker.DisposeAsync();
        await _worker.DisposeAsync();
        await Chat.DisposeAsync();
        _searches.Dispose();
    }
}

[CollectionDefinition(nameof(ConversationBed))]
public sealed class ConversationTests : ICollectionFixture<ConversationBed>;

/// <summary>Questions as a front-end sends them.</summary>
internal static class Asking
{
    /// <summary>Asks the replay engine for one token and returns the whole answer.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="text">Of the question.</param>
    /// <param name="more">Further fields of the request.</param>
    /// <param name="expected">Its status.</param>
    public static Task<JsonNode> AskAsync(this HttpClient client, string text, JsonObject? more = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var body = more ?? [];
        body["model"] ??= "replay";
        body["sources"] ??= new JsonObject { ["mode"] = "off" };
        body["messages"] ??= new JsonArray(new JsonObject { ["role"] = "user", ["content"] = $"replay tokens=1 rate=0 {text}" });
        return client.PostAsync("/v1/chat/completions", body).OkAsync(expected);
    }

    public static Guid Conversation(this JsonNode answer) => (Guid)answer["llmoin"]!["conversation_id"]!;

    /// <summary>The question's message.</summary>
    public static Guid Question(this JsonNode answer) => (Guid)answer["llmoin"]!["parent_message_id"]!;

    /// <summary>The answer's message.</summary>
    public static Guid Message(this JsonNode answer) => (Guid)answer["llmoin"]!["message_id"]!;

    public static Guid Answer(this JsonNode answer) => (Guid)answer["llmoin"]!["answer_id"]!;

    public static async Task<JsonArray> ItemsAsync(this HttpClient client, string path) => (await client.GetAsync("/api/chat/" + path).OkAsync())["items"]!.AsArray();

    public static async Task<HttpStatusCode> StatusAsync(this Task<HttpResponseMessage> call)
    {
        using var response = await call;
        return response.StatusCode;
    }
}
