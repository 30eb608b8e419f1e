namespace LLMoin.Billing.Ledger;

/// <summary>What is to be booked. Place in the chain, month and seal are the <see cref="LedgerWriter"/>'s to give; for the rest see <see cref="LedgerEntry"/>.</summary>
internal sealed record NewEntry
{
    private const int LongestText = 200;
    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private readonly DateTime _occurredAt;

    public required string Tenant { get; init; }

    public required Guid UsageId { get; init; }

    public Guid? Corrects { get; init; }

    /// <summary>Why an entry is corrected; null where none is.</summary>
    public string? Reason { get; init; }

    public required string UserId { get; init; }

    public string Department { get; init; } = "";

    public Guid? ApiKeyId { get; init; }

    public required string Kind { get; init; }

    public string Purpose { get; init; } = "";

    public string Model { get; init; } = "";

    public string PriceClass { get; init; } = "";

    public string Outcome { get; init; } = "completed";

    public long PromptTokens { get; init; }

    public long CompletionTokens { get; init; }

    public long Pages { get; init; }

    public long Bytes { get; init; }

    public long? DurationMs { get; init; }

    /// <summary>UTC, cut to microseconds: what PostgreSQL keeps and the seal covers.</summary>
    public required DateTime OccurredAt
    {
        get => _occurredAt;
        init => _occurredAt = new DateTime(value.Ticks - value.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
    }

    /// <param name="now">UTC.</param>
    /// <exception cref="InvalidDataException">No usage can be like this; the message names the field, not what is in it.</exception>
    public NewEntry Checked(DateTime now)
    {
        foreach (var (name, text) in new[]
                 {
                     (nameof(Tenant), Tenant), (nameof(UserId), UserId), (nameof(Department), Department), (nameof(Purpose), Purpose), (nameof(Model), Model),
                     (nameof(PriceClass), PriceClass), (nameof(Reason), Reason),
                 })
        {
            // PostgreSQL's texts hold no NUL.
            if (text is { Length: > LongestText } || text?.Contains('\0') is true)
                throw new InvalidDataException($"{name} of usage {UsageId} is no text of at most {LongestText} characters.");
        }

        if (Tenant.Length == 0)
            throw new InvalidDataException($"Usage {UsageId} has no tenant.");
        if (Corrects is null && (PromptTokens < 0 || CompletionTokens < 0 || Pages < 0 || Bytes < 0) || DurationMs < 0)
            throw new InvalidDataException($"Usage {UsageId} has a negative quantity.");
        if (OccurredAt < Earliest || OccurredAt > now + ClockSkew)
            throw new InvalidDataException($"Usage {UsageId} names an impossible time.");
        return this;
    }
}
