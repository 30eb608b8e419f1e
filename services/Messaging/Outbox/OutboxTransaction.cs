using System.Diagnostics;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Messaging.Outbox;

/// <summary>The outbox and the inbox as seen from inside a transaction.</summary>
public static class OutboxTransaction
{
    /// <summary>
    /// Publishes <paramref name="message"/> if and when this transaction commits. <paramref name="id"/> becomes the message id by
    /// which consumers recognise a second delivery.
    /// </summary>
    public static Task PublishAsync<T>(this TenantTransaction transaction, Guid id, T message, CancellationToken cancellation) where T : class
        => transaction.ExecuteAsync(
            "insert into outbox (id, name, body, traceparent) values (@id, @name, @body::jsonb, @traceparent)",
            new
            {
                id,
                name = Topology.Message(typeof(T)).Name,
                body = JsonSerializer.Serialize(message, ContractJson.Web),
                traceparent = Activity.Current?.Id,
            }, cancellation);

    /// <summary>
    /// Claims a message for this consumer within the transaction of its effect. False: it was processed before, do nothing.
    /// </summary>
    public static async Task<bool> ClaimAsync(this TenantTransaction transaction, string consumer, Guid messageId, CancellationToken cancellation)
        => await transaction.ExecuteAsync(
            "insert into inbox (consumer, message_id) values (@consumer, @messageId) on conflict do nothing",
            new { consumer, messageId }, cancellation) == 1;
}
