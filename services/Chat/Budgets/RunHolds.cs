using System.Collections.Concurrent;
using LLMoin.Budgeting;
using LLMoin.Chat.Functions.Runs;

namespace LLMoin.Chat.Budgets;

/// <summary>What is held for runs that were ordered here and that no process has begun.</summary>
internal sealed class RunHolds
{
    private readonly ConcurrentDictionary<Guid, BudgetHold> _waiting = [];

    public IReadOnlyList<Guid> Waiting => [.. _waiting.Keys];

    public static RunFailedException Spent(BudgetRefusal refusal) => new("budget-spent", refusal.Text, refusal.TextDe);

    public void Keep(BudgetHold hold) => _waiting[hold.Id] = hold;

    /// <summary>The run begins here: what was held for it is its own from now on. Null where it was ordered elsewhere, or is begun anew.</summary>
    public BudgetHold? Take(Guid run) => _waiting.TryRemove(run, out var hold) ? hold : null;

    public void Release(Guid run) => Take(run)?.Dispose();
}
