using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Prompts.Tenancy;

/// <summary>Transactions that also carry the Land above the caller's tenant (<c>app.land</c>), by which row-level security shares within it.</summary>
internal sealed class PromptsDatabase(TenantDatabase database, TenantTree tree)
{
    public async Task<TenantTransaction> BeginAsync(Caller caller, CancellationToken cancellation)
    {
        var land = await tree.LandAsync(caller, cancellation);
        var transaction = await database.BeginAsync(caller, cancellation);
        try
        {
            // Policies within policies look dear to the planner; compiling their queries takes seconds, running them milliseconds.
            await transaction.ExecuteAsync("select set_config('app.land', @land, true), set_config('jit', 'off', true)", new { land = land ?? "" }, cancellation);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
