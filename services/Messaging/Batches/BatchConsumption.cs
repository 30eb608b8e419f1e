using System.Diagnostics;
using LLMoin.Messaging.Broker;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LLMoin.Messaging.Batches;

/// <summary>
/// Feeds a <see cref="IBatchConsumer{TMessage}"/> from the queue <c>{service}.{message}</c>, and settles a batch only when it has handled
/// it: what a dying process held comes again. A fault that is not the messages' is waited out, however long; a batch that fails for what
/// is in it is halved until the message is found that is to blame, and only that one goes back and, after three deliveries, to the dead letters.
/// </summary>
internal sealed partial class BatchConsumption<TMessage>(
    string service, IBatchConsumer<TMessage> consumer, BrokerConnection broker, ILogger<BatchConsumption<TMessage>> logger)
    : BackgroundService, IHealthCheck
    where TMessage : class
{
    private const int MostAtOnce = 2_000;
    private const ushort Prefetch = 2 * MostAtOnce;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly ActivitySource Source = new("LLMoin.Messaging");

    private readonly string _queue = Topology.ConsumerQueue(service, typeof(TMessage));
    private volatile bool _consumes;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(_consumes ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"{_queue} is not consumed."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await BatchSession<TMessage>.OpenAsync(broker, service, Prefetch, stoppingToken);
                _consumes = true;
                await ConsumeAsync(session, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogBroken(_queue, exception);
                await Task.Delay(Window, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                _consumes = false;
            }
        }
    }

    private async Task ConsumeAsync(BatchSession<TMessage> session, CancellationToken stopping)
    {
        while (await session.TakeAsync(MostAtOnce, Window, stopping) is { Count: > 0 } taken)
        {
            var readable = new List<BatchDelivery<TMessage>>(taken.Count);
            foreach (var delivery in taken)
            {
                if (delivery.Unreadable is { } unreadable)
                    await ReturnAsync(session, delivery, unreadable);
                else
                    readable.Add(delivery);
            }

            using var activity = Source.StartActivity("consume " + _queue, ActivityKind.Consumer)?.SetTag("messaging.batch.message_count", readable.Count);
            if (readable.Count > 0)
                await HandleAsync(session, readable, stopping);
        }
    }

    private async Task HandleAsync(BatchSession<TMessage> session, List<BatchDelivery<TMessage>> batch, CancellationToken stopping)
    {
        if (await TryAsync(batch, stopping) is not { } fault)
        {
            await session.CompleteThroughAsync(batch[^1].Tag);
        }
        else if (batch.Count == 1)
        {
            await ReturnAsync(session, batch[0], fault);
        }
        else
        {
            await HandleAsync(session, batch[..(batch.Count / 2)], stopping);
            await HandleAsync(session, batch[(batch.Count / 2)..], stopping);
        }
    }

    /// <returns>Null when it is done; else what one of the messages is to blame for.</returns>
    private async Task<Exception?> TryAsync(List<BatchDelivery<TMessage>> batch, CancellationToken stopping)
    {
        TMessage[] messages = [.. batch.Select(delivery => delivery.Message!)];
        for (var wait = Window; ; wait = wait < LongestWait ? 2 * wait : LongestWait)
        {
            try
            {
                // What has begun may end: a stop that undid it would only have it come again.
                await consumer.ConsumeAsync(messages, CancellationToken.None);
                return null;
            }
            catch (Exception exception) when (Fault.IsTheMessages(exception))
            {
                return exception;
            }
            catch (Exception exception)
            {
                LogWaiting(_queue, messages.Length, exception);
                await Task.Delay(wait, stopping);
            }
        }
    }

    private Task ReturnAsync(BatchSession<TMessage> session, BatchDelivery<TMessage> delivery, Exception fault)
    {
        LogUnusable(delivery.MessageId, _queue, fault);
        return session.ReturnAsync(delivery.Tag);
    }

    [LoggerMessage(LogLevel.Warning, "Consuming {Queue} was interrupted; starting again")]
    private partial void LogBroken(string queue, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Count} messages of {Queue} wait for a fault to pass")]
    private partial void LogWaiting(string queue, int count, Exception exception);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of {Queue} cannot be handled")]
    private partial void LogUnusable(string messageId, string queue, Exception exception);
}
