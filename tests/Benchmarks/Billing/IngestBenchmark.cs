using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging;
using RabbitMQ.Client;

namespace LLMoin.Benchmarks.Billing;

/// <summary>
/// Usage events per second from the publisher's confirm to the ledger's commit, on one machine: everything that takes part shares its cores.
/// </summary>
internal static class IngestBenchmark
{
    private const int Tenants = 200;
    private const int People = 60_000;
    private const int Events = 300_000;
    private const int Unconfirmed = 1_000;

    private static readonly (string Model, string PriceClass)[] Models = [("mistral-small", "medium"), ("qwen3-4b", "small"), ("gpt-oss-120b", "large")];
    private static readonly string[] Purposes = ["chat", "summarise", "research", "draft", "title"];

    public static async Task<bool> RunAsync()
    {
        await using var bed = await IngestBed.StartAsync();
        await PublishAsync(bed, 20_000); // warms everything up
        await BookedAsync(bed, 20_000);
        await SummedAsync(bed, 20_000);

        var clock = Stopwatch.StartNew();
        await PublishAsync(bed, Events);
        var published = clock.Elapsed;
        await BookedAsync(bed, 20_000 + Events);
        Report("published and booked at once", clock.Elapsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  (published after {published.TotalSeconds:0.0} s, all booked {(clock.Elapsed - published).TotalSeconds:0.0} s later)"));
        await SummedAsync(bed, 20_000 + Events);

        await bed.StopServiceAsync();
        await PublishAsync(bed, Events);
        clock.Restart();
        await bed.StartServiceAsync();
        var start = clock.Elapsed;
        await BookedAsync(bed, 20_000 + 2 * Events);
        var booked = clock.Elapsed;
        var rate = Report("booked from a full queue, start of the service included", booked);
        await SummedAsync(bed, 20_000 + 2 * Events);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  (the service was ready after {start.TotalSeconds:0.0} s; the days' sums had everything {(clock.Elapsed - booked).TotalSeconds:0.0} s after the ledger)"));
        return rate >= 10_000;
    }

    private static double Report(string what, TimeSpan took)
    {
        var rate = Events / took.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {Events:N0} events in {took.TotalSeconds:0.0} s, {rate:N0} events/s"));
        return rate;
    }

    private static async Task BookedAsync(IngestBed bed, long entries)
    {
        while (await bed.EntriesAsync() < entries)
            await Task.Delay(50);
    }

    private static async Task SummedAsync(IngestBed bed, long entries)
    {
        while (await bed.SummedAsync() < entries)
            await Task.Delay(50);
    }

    private static async Task PublishAsync(IngestBed bed, int count)
    {
        await using var connection = await new ConnectionFactory { Uri = bed.Messaging }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null));
        var message = Topology.Message(typeof(UsageRecorded));
        var (exchange, random) = (Topology.Exchange(message.Publisher), new Random(count));
        var confirms = new List<Task>(Unconfirmed);
        for (var n = 0; n < count; n++)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(Usage(random), ContractJson.Web);
            var properties = new BasicProperties { Persistent = true, ContentType = "application/json", MessageId = Guid.CreateVersion7().ToString() };
            confirms.Add(channel.BasicPublishAsync(exchange, message.Name, mandatory: true, properties, body).AsTask());
            if (confirms.Count < Unconfirmed)
                continue;
            await Task.WhenAll(confirms);
            confirms.Clear();
        }

        await Task.WhenAll(confirms);
    }

    /// <summary>A person of some tenant; few tenants have most of the people, as Länder beside municipalities do.</summary>
    private static UsageRecorded Usage(Random random)
    {
        var person = random.Next(People);
        var tenant = (int)(Math.Pow((double)person / People, 3) * Tenants);
        var (model, priceClass) = Models[random.Next(Models.Length)];
        return new UsageRecorded
        {
            UsageId = Guid.CreateVersion7(),
            Tenant = $"tenant-{tenant}",
            UserId = $"person-{person}",
            Kind = UsageKind.Answer,
            Purpose = Purposes[random.Next(Purposes.Length)],
            Model = model,
            PriceClass = priceClass,
            Department = $"department-{person % 40}",
            PromptTokens = random.Next(50, 4_000),
            CompletionTokens = random.Next(1, 1_000),
            DurationMs = random.Next(300, 20_000),
            OccurredAt = DateTimeOffset.UtcNow.AddSeconds(-random.Next(3_600)),
        };
    }
}
