using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging;
using LLMoin.ServiceBed;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.RetrievalTests;

/// <summary>
/// A worker on the real broker whose model knows a handful of words by their meaning: texts about the same thing have the same vector. It
/// announces itself like one, and may be told to take work and never answer.
/// </summary>
internal sealed class StandInModel : IAsyncDisposable
{
    public const string Embedder = "sinn";
    public const string Reranker = "richter";

    private static readonly string[][] Topics = [["Hund", "Hunde", "Vierbeiner"], ["Miete", "Mieten", "Wohnkosten"], ["Brücke", "Überführung"]];

    private readonly ConcurrentQueue<string> _inputs = [];
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly Timer _announcing;

    private StandInModel(IConnection connection, IChannel channel)
    {
        (_connection, _channel) = (connection, channel);
        _announcing = new Timer(_ => _ = AnnounceAsync(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    public bool Answers { get; set; } = true;

    public bool Announces { get; set; } = true;

    /// <summary>How often it was asked about this text, whether it answered or not.</summary>
    public int Asked(string input) => _inputs.Count(other => other == input);

    public static async Task<StandInModel> StartAsync(Servers servers)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Topology.Exchange("inference"), ExchangeType.Topic, durable: true);
        var model = new StandInModel(connection, channel);
        foreach (var id in new[] { Embedder, Reranker })
        {
            await Topology.DeclareWorkQueueAsync(channel, Topology.EmbedQueue(id), CancellationToken.None);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) => model.WorkAsync(message);
            await channel.BasicConsumeAsync(Topology.EmbedQueue(id), autoAck: true, consumer);
        }

        return model;
    }

    /// <summary>Empties a queue, as if nobody had listened yet.</summary>
    public Task ForgetAsync(string queue) => _channel.QueuePurgeAsync(queue);

    public async ValueTask DisposeAsync()
    {
        await _announcing.DisposeAsync();
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task WorkAsync(BasicDeliverEventArgs message)
    {
        var request = JsonSerializer.Deserialize(message.Body.Span, ContractJson.Default.EmbeddingRequest)!;
        foreach (var input in request.Inputs)
            _inputs.Enqueue(input);
        if (!Answers)
            return;
        var result = new EmbeddingResult
        {
            RequestId = request.RequestId,
            PromptTokens = request.Inputs.Count,
            Vectors = request.Query is null ? [.. request.Inputs.Select(Vector)] : [],
            // Shorter is better, which no other ranking says.
            Scores = request.Query is null ? [] : [.. request.Inputs.Select(text => -(float)text.Length)],
        };
        await _channel.BasicPublishAsync("", message.BasicProperties.ReplyTo!, JsonSerializer.SerializeToUtf8Bytes(result, ContractJson.Default.EmbeddingResult));
    }

    private async Task AnnounceAsync()
    {
        if (!Announces)
            return;
        var news = new ModelsAnnounced
        {
            WorkerId = "stand-in",
            Models = [new ServedModel(Embedder, ModelKind.Embedding, "test", 512) { PriceClass = "small" }, new ServedModel(Reranker, ModelKind.Rerank, "test", 512)],
            Slots = 1,
            Running = 0,
            Waiting = 0,
        };
        await _channel.BasicPublishAsync(Topology.Exchange("inference"), Topology.Message(typeof(ModelsAnnounced)).Name, JsonSerializer.SerializeToUtf8Bytes(news, ContractJson.Default.ModelsAnnounced));
    }

    private static float[] Vector(string text)
        => [.. Topics.Select(words => words.Any(word => text.Contains(word, StringComparison.Ordinal)) ? 1f : 0.01f), .. Enumerable.Repeat(0.01f, 13)];
}
