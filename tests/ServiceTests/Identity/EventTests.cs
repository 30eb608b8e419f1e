using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using LLMoin.ServiceBed;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.ServiceTests.Identity;

public sealed class EventTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Others_hear_of_new_tenants_changed_users_and_revoked_keys()
    {
        var identity = await IdentityUnderTest.StartAsync(servers, demoUsers: true);
        await using var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var heard = Channel.CreateUnbounded<(string Name, JsonElement Body)>();
        var queue = await channel.QueueDeclareAsync(cancellationToken: Cancel);
        await channel.QueueBindAsync(queue.QueueName, "llmoin.identity", "#", cancellationToken: Cancel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) => heard.Writer
            .WriteAsync((message.RoutingKey, JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(message.Body.Span)))).AsTask();
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, Cancel);

        using var olga = await identity.AsAsync("olga@betrieb.example");
        using var ben = await identity.AsAsync("ben@hamburg.example");
        using var anna = await identity.AsAsync("anna@hamburg.example");
        var annaId = await identity.UserIdAsync("anna@hamburg.example");
        var key = await (await anna.PostAsJsonAsync("/api/identity/api-keys", new { name = "x" }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var keyId = key.GetProperty("id").GetString();
        await olga.PostAsJsonAsync("/api/identity/tenants", new { id = "saarland", displayName = "Saarland", kind = "land" }, Cancel);
        await ben.PatchAsJsonAsync($"/api/identity/users/{annaId}", new { suspended = true }, Cancel);
        await ben.DeleteAsync($"/api/identity/api-keys/{keyId}", Cancel);

        // Each message of its own, they come in any order.
        var awaited = new Dictionary<string, Func<JsonElement, bool>>
        {
            ["tenant-created.v1"] = body => body.GetProperty("tenant").GetString() == "saarland",
            ["user-changed.v1"] = body => body.GetProperty("userId").GetString() == annaId && body.GetProperty("suspended").GetBoolean(),
            ["api-key-revoked.v1"] = body => body.GetProperty("apiKeyId").GetString() == keyId,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (awaited.Count > 0)
        {
            var (name, body) = await heard.Reader.ReadAsync(limit.Token);
            if (awaited.TryGetValue(name, out var isIt) && isIt(body))
                awaited.Remove(name);
        }
    }
}
