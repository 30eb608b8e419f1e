using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.ServiceBed;
using RabbitMQ.Client;

namespace LLMoin.ServiceTests.Identity;

public sealed class TenantSettingsTests(Servers servers)
{
    private const string Route = "/api/identity/tenants/current/settings";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_changes_the_settings_everybody_of_the_tenant_reads_them_and_others_hear_of_it()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        await using var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Cancel)).QueueName;
        await channel.QueueBindAsync(queue, "llmoin.identity", "tenant-settings-changed.v1", cancellationToken: Cancel);
        using var dirk = await identity.AsAsync("dirk@bremen.example");
        using var clara = await identity.AsAsync("clara@bremen.example");
        using var anna = await identity.AsAsync("anna@hamburg.example");

        using var before = await dirk.GetAsync(Route, Cancel);
        var seeded = await before.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("Freie Hansestadt Bremen", seeded.GetProperty("letterhead").GetProperty("name").GetString());
        var changed = new { policyText = $"Duze niemanden. {Guid.NewGuid():n}", letterhead = seeded.GetProperty("letterhead"), imprint = "# Impressum", retentionDays = 90 };

        Assert.Equal(428, (int)(await PutAsync(dirk, changed, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(clara, changed, before.Headers.ETag!.Tag)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(dirk, changed, before.Headers.ETag.Tag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(dirk, changed, before.Headers.ETag.Tag)).StatusCode);

        Assert.Contains(changed.policyText, await clara.GetStringAsync(Route, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(changed.policyText, await anna.GetStringAsync(Route, Cancel), StringComparison.Ordinal);
        await ReadUntil.TrueAsync(async () => await channel.BasicGetAsync(queue, autoAck: true, Cancel) is { } message
            && JsonSerializer.Deserialize<JsonElement>(message.Body.Span) is var body
            && body.GetProperty("policyText").GetString() == changed.policyText && body.GetProperty("retentionDays").GetInt32() == 90, "the change is announced");
    }

    [Fact]
    public async Task Settings_that_are_too_long_or_no_picture_are_refused_with_the_fields_name()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var fina = await identity.AsAsync("fina@musterdorf.example");
        var head = new { name = "Amt", lines = Array.Empty<string>(), returnAddress = "", footerLines = Array.Empty<string>() };
        (string Field, object Body)[] wrong =
        [
            ("policyText", new { policyText = new string('x', 4001) }),
            ("imprint", new { imprint = new string('ä', 11_000) }),
            ("retentionDays", new { retentionDays = 0 }),
            ("letterhead.logo", new { letterhead = new { head.name, head.lines, head.returnAddress, head.footerLines, logo = "<svg/>"u8.ToArray() } }),
            ("letterhead.logo", new { letterhead = new { head.name, head.lines, head.returnAddress, head.footerLines, logo = new byte[210_000] } }),
            ("letterhead.lines", new { letterhead = new { head.name, lines = Enumerable.Repeat("x", 9), head.returnAddress, head.footerLines } }),
        ];

        foreach (var (field, body) in wrong)
        {
            using var response = await PutAsync(fina, body, "\"1\"");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(field, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("field").GetString());
        }
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, object body, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Route) { Content = JsonContent.Create(body) };
        if (version is not null)
            request.Headers.Add("If-Match", version);
        return await client.SendAsync(request, Cancel);
    }
}
