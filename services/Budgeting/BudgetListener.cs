using LLMoin.Contracts;
using LLMoin.Contracts.Billing;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Hosting;

namespace LLMoin.Budgeting;

/// <summary>Hears what billing publishes, and asks for it at the start and where usage that was settled here is not counted in time.</summary>
internal sealed class BudgetListener(BudgetBook book, Broadcasts broadcasts) : BackgroundService
{
    private const int MostAsked = 1000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Counting takes a second; after this long the message that said so may be lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await broadcasts.SubscribeAsync(ContractJson.Default.BudgetStates, book.Apply, stoppingToken);
        await AskAsync([], stoppingToken);
        using var tick = new PeriodicTimer(LookEvery);
        while (await tick.WaitForNextTickAsync(stoppingToken))
            if (book.Overdue(Patience, MostAsked) is { Count: > 0 } overdue)
                await AskAsync(overdue, stoppingToken);
    }

    private Task AskAsync(IReadOnlyList<Guid> usageIds, CancellationToken cancellation)
        => broadcasts.PublishAsync(new BudgetStatesWanted { UsageIds = usageIds }, ContractJson.Default.BudgetStatesWanted, cancellation);
}
