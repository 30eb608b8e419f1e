using System.Diagnostics;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.ServiceDefaults.Database;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LLMoin.Messaging.Outbox;

/// <summary>
/// Moves committed messages to the broker: a batch is deleted and published in one transaction that commits only after the
/// broker's confirms. A crash in between publishes again, never loses; consumers claim ids, so nothing counts twice.
/// </summary>
internal sealed partial class OutboxDispatcher(TenantDatabase database, IBus bus, OutboxSignal signal, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);
    private static readonly ActivitySource Source = new("LLMoin.Messaging");
    private static readonly Dictionary<string, Type> Types = typeof(MessageAttribute).Assembly.GetTypes()
        .Where(type => Attribute.IsDefined(type, typeof(MessageAttribute)))
        .ToDictionary(type => Topology.Message(type).Name, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DispatchAsync(stoppingToken) == BatchSize)
                {
                }
                await signal.WaitAsync(PollEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
                await Task.Delay(PollEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> DispatchAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            delete from outbox where id in (select id from outbox order by created_at limit @BatchSize for update skip locked)
            returning id, name, body::text as body, traceparent
            """, new { BatchSize }, cancellation);
        if (rows.Count == 0)
            return 0;

        await Task.WhenAll(rows.Select(row => PublishAsync(row, cancellation)));
        await transaction.CommitAsync(cancellation);
        return rows.Count;
    }

    private async Task PublishAsync(Row row, CancellationToken cancellation)
    {
        var type = Types[row.Name];
        var message = JsonSerializer.Deserialize(row.Body, type, ContractJson.Web)!;
        ActivityContext.TryParse(row.Traceparent, null, isRemote: true, out var parent);
        using var activity = Source.StartActivity("outbox " + row.Name, ActivityKind.Producer, parent);
        await bus.Publish(message, type, context => context.MessageId = row.Id, cancellation);
    }

    private sealed record Row(Guid Id, string Name, string Body, string? Traceparent);

    [LoggerMessage(LogLevel.Warning, "The outbox could not be emptied; trying again")]
    private partial void LogFailed(Exception exception);
}
