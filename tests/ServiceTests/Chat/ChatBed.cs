using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging;
using LLMoin.ServiceBed;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.ServiceTests.Chat;

/// <summary>A chat service and inference workers with the replay engine, and an ear on the usage they record.</summary>
public sealed class ChatBed(Servers servers) : IAsyncLifetime
{
    private readonly List<UsageRecorded> _usage = [];
    private IConnection _broker = null!;
    private IChannel _channel = null!;

    public ServiceProcess Chat { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync();
        _channel = await _broker.CreateChannelAsync();
        await Topology.DeclareExchangeAsync(_channel, "chat", CancellationToken.None);
        var queue = await _channel.QueueDeclareAsync();
        await _channel.QueueBindAsync(queue.QueueName, Topology.Exchange("chat"), "usage-recorded.v1");
        var ear = new AsyncEventingBasicConsumer(_channel);
        ear.ReceivedAsync += (_, message) =>
        {
            lock (_usage)
                _usage.Add(JsonSerializer.Deserialize<UsageRecorded>(message.Body.Span, ContractJson.Web)!);
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, autoAck: true, ear);
        Chat = await StartChatAsync();
    }

    public Task<ServiceProcess> StartChatAsync(params (string Key, string Value)[] settings) => servers.StartServiceAsync("Chat", settings);

    /// <summary>A further instance, once it knows the model <c>replay</c>.</summary>
    public async Task<ServiceProcess> StartFurtherChatAsync(params (string Key, string Value)[] settings)
    {
        var chat = await StartChatAsync(settings);
        await ReadUntil.TrueAsync(async () => (await ModelsAsync(chat)).Contains("replay"), "the new instance knows the model");
        return chat;
    }

    /// <summary>A worker whose model is <c>replay</c>.</summary>
    public Task<ServiceProcess> StartWorkerAsync(int slots = 16, params (string Key, string Value)[] settings)
        => StartWorkerOfAsync("replay", [("Inference__Engine", "replay"), ("Inference__Slots", $"{slots}"), .. settings]);

    /// <summary>A worker that is to serve this model.</summary>
    public async Task<ServiceProcess> StartWorkerOfAsync(string model, params (string Key, string Value)[] settings)
    {
        // A name of its own: another one with the same model may have died a moment ago and still be listed.
        var worker = await servers.StartServiceAsync("Inference", [("ASPNETCORE_ENVIRONMENT", "Testing"), ("Inference__WorkerId", $"worker-{Guid.CreateVersion7()}"), .. settings]);
        var id = worker.Setting("Inference__WorkerId");
        using var operating = Chat.ClientFor("hamburg", "otto", "operator");
        await ReadUntil.TrueAsync(
            async () => (await operating.GetFromJsonAsync<JsonElement>("/api/chat/workers")).GetProperty("items").EnumerateArray()
                .Any(seen => seen.GetProperty("id").GetString() == id && seen.GetProperty("models").EnumerateArray().Any(served => served.GetProperty("id").GetString() == model)),
            "the worker announces its model");
        return worker;
    }

    public static async Task<string> ModelsAsync(ServiceProcess chat)
    {
        using var client = chat.ClientFor("hamburg", "anna");
        return await client.GetStringAsync("/v1/models");
    }

    /// <summary>What was recorded for this answer, once it has come; then a moment longer, to see a second record too.</summary>
    public async Task<IReadOnlyList<UsageRecorded>> UsageOfAsync(Guid answerId)
    {
        await ReadUntil.TrueAsync(() => Task.FromResult(Recorded().Count > 0), "usage is recorded");
        await Task.Delay(300);
        return Recorded();

        List<UsageRecorded> Recorded()
        {
            lock (_usage)
                return [.. _usage.Where(usage => usage.UsageId == answerId)];
        }
    }

    /// <summary>All that was recorded until now.</summary>
    public IReadOnlyList<UsageRecorded> UsageSoFar
    {
        get
        {
            lock (_usage)
                return [.. _usage];
        }
    }

    /// <summary>Messages ready in a queue.</summary>
    public async Task<uint> CountAsync(string queue) => await _channel.MessageCountAsync(queue);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _broker.DisposeAsync();
        await Chat.DisposeAsync();
    }
}
