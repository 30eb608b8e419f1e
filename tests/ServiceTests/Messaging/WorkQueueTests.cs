using System.Diagnostics;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;
using LLMoin.ServiceBed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.ServiceTests.Messaging;

public sealed class WorkQueueTests(Servers servers)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>A reader who stops leaves at any moment, also while the broker is still asked for a queue.</summary>
    [Fact]
    public async Task Whoever_is_stopped_while_it_publishes_holds_up_nobody_else()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:messaging", servers.Messaging)]).Build();
        for (var round = 0; round < 50; round++)
        {
            await using var broker = new BrokerConnection(configuration, new HostingEnvironment { ApplicationName = "test" }, NullLogger<BrokerConnection>.Instance);
            await using var queue = new WorkQueue(broker);
            await broker.OpenAsync(Now);

            using var stop = new CancellationTokenSource();
            var stopped = Enumerable.Range(0, 3).Select(number => AskAsync(queue, $"stopped-{round}", stop.Token)).ToList();
            for (var until = Stopwatch.GetTimestamp() + round * Stopwatch.Frequency / 10_000; Stopwatch.GetTimestamp() < until;)
                Thread.SpinWait(10);
            await stop.CancelAsync();
            await Task.WhenAll(stopped).ContinueWith(_ => { }, TaskScheduler.Default);

            await AskAsync(queue, "other", Now).WaitAsync(TimeSpan.FromMinutes(1), Now);
        }
    }

    private static Task AskAsync(WorkQueue queue, string model, CancellationToken cancellation)
    {
        var request = new GenerationRequest
        {
            AnswerId = Guid.CreateVersion7(),
            Attempt = 1,
            Tenant = "hamburg",
            Model = model,
            Deadline = DateTimeOffset.MaxValue,
            Messages = [new PromptMessage("user", "Frage")],
        };
        return queue.PublishAsync($"test.{model}", request, ContractJson.Default.GenerationRequest, "", cancellation);
    }
}
