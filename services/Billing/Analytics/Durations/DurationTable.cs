using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Analytics.Durations;

/// <summary>The histograms of days and functions, of the tenants that a transaction sees.</summary>
internal sealed class DurationTable
{
    private readonly ILookup<(string Tenant, DateOnly Day, string Purpose), Row> _rows;

    private DurationTable(IEnumerable<Row> rows) => _rows = rows.ToLookup(row => (row.Tenant, row.Day, row.Purpose));

    public static async Task<DurationTable> ReadAsync(TenantTransaction transaction, DateOnly from, DateOnly to, CancellationToken cancellation)
        => new(await transaction.QueryAsync<Row>(
            "select tenant, day, purpose, bucket::int as bucket, uses from analytics_durations where day between @from and @to", new { from, to }, cancellation));

    public void AddTo(LogHistogram histogram, string tenant, DateOnly day, string purpose)
    {
        foreach (var row in _rows[(tenant, day, purpose)])
            histogram.Add(row.Bucket, row.Uses);
    }

    private sealed record Row(string Tenant, DateOnly Day, string Purpose, int Bucket, long Uses);
}
