using LLMoin.Billing.Ledger.Verification;
using LLMoin.Billing.Usage;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Events;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LLMoin.Billing.Ledger;

internal static class LedgerSetup
{
    public static void AddLedger(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<LedgerVerifier>();
    }

    /// <summary>What the ledger is written from.</summary>
    public static EventConsumers AddLedger(this EventConsumers consume)
        => consume.AddBatch<UsageRecordedConsumer, UsageRecorded>().AddBatch<ResourcesUsedConsumer, ResourcesUsed>();

    public static void MapLedger(this IEndpointRouteBuilder billing)
    {
        var audited = billing.MapGroup("/ledger").RequireAuthorization(policy => policy.RequireRole(Roles.Auditor));
        audited.MapGet("", LedgerLines.ListAsync).WithSummary("The tenant's ledger, entry by entry, without persons");
        audited.MapGet("/verification", VerifyLedger.VerifyAsync).WithSummary("Recomputes the tenant's chain and names the first entry that is wrong");

        billing.MapPost("/corrections", Corrections.CreateAsync)
            .RequireAuthorization(policy => policy.RequireRole(Roles.Operator))
            .WithSummary("Takes back part or all of an entry, by a further entry; the same id is the same correction");
    }
}
