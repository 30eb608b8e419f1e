using LLMoin.Contracts.Chat;
using LLMoin.ServiceDefaults.Database;
using MassTransit;

namespace LLMoin.Billing.Usage;

/// <summary>
/// Writes usage into the ledger, once for each usage id: the primary key is claim and effect in one, so that neither a second
/// delivery nor a second message about the same answer counts again.
/// </summary>
internal sealed partial class UsageRecordedConsumer(TenantDatabase database, ILogger<UsageRecordedConsumer> logger) : IConsumer<UsageRecorded>
{
    public async Task Consume(ConsumeContext<UsageRecorded> context)
    {
        var (usage, cancellation) = (context.Message, context.CancellationToken);
        await using var transaction = await database.BeginAsync(usage.Tenant, usage.UserId, cancellation);
        var written = await transaction.ExecuteAsync(
            """
            insert into usage_ledger
              (usage_id, tenant, user_id, api_key_id, kind, purpose, model, prompt_tokens, completion_tokens, occurred_at)
            values (@UsageId, @Tenant, @UserId, @ApiKeyId, @kind, @Purpose, @Model, @PromptTokens, @CompletionTokens, @occurredAt)
            on conflict (usage_id) do nothing
            """,
            new
            {
                usage.UsageId,
                usage.Tenant,
                usage.UserId,
                usage.ApiKeyId,
                kind = usage.Kind.ToString().ToLowerInvariant(),
                usage.Purpose,
                usage.Model,
                usage.PromptTokens,
                usage.CompletionTokens,
                occurredAt = usage.OccurredAt.UtcDateTime,
            }, cancellation);
        await transaction.CommitAsync(cancellation);
        if (written == 0)
            LogRepeated(usage.UsageId);
    }

    [LoggerMessage(LogLevel.Debug, "Usage {UsageId} was already counted")]
    private partial void LogRepeated(Guid usageId);
}
