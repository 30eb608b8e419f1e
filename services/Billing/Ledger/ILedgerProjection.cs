using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Ledger;

/// <summary>
/// Something that has to be right the moment an entry is booked, e.g. what is left of a budget: written in the entry's own transaction.
/// What may lag reads the ledger afterwards instead.
/// </summary>
internal interface ILedgerProjection
{
    /// <param name="transaction">Sees every tenant; commits with the entries.</param>
    /// <param name="entries">New entries of any tenants, in the order of each chain; nothing that was booked before.</param>
    /// <param name="cancellation">Ends the whole batch.</param>
    Task ApplyAsync(TenantTransaction transaction, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation);
}
