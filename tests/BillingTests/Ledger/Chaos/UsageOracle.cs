using LLMoin.Billing.Months;
using LLMoin.Contracts.Chat;

namespace LLMoin.BillingTests.Ledger.Chaos;

/// <summary>What a statement is made of.</summary>
internal sealed record Position(string Tenant, BillingMonth Month, string Department, string UserId, string PriceClass);

internal sealed record Quantities(long Entries, long PromptTokens, long CompletionTokens);

/// <summary>Usage drawn by a seed, and what the ledger has to say of it: counted on its own, without the ledger's code.</summary>
internal sealed class UsageOracle(Random random)
{
    public const int Tenants = 50;
    private const int PeopleEach = 40;

    /// <summary>Of every second tenant this month is closed between the two waves.</summary>
    public static readonly BillingMonth Closed = new(2025, 10);

    private static readonly string[] PriceClasses = ["small", "medium", "large"];
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly Dictionary<Position, Quantities> _expected = [];

    public IReadOnlyDictionary<Position, Quantities> Expected => _expected;

    public static string Tenant(int number) => $"chaos-{number}";

    public static bool IsClosed(string tenant) => int.Parse(tenant["chaos-".Length..], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0;

    /// <param name="count">How many.</param>
    /// <param name="closed">Whether what happened in <see cref="Closed"/> comes too late for it.</param>
    public IReadOnlyList<UsageRecorded> Draw(int count, bool closed)
    {
        var drawn = Enumerable.Range(0, count).Select(_ => Draw()).ToList();
        foreach (var usage in drawn)
        {
            var month = BillingMonth.Of(usage.OccurredAt, Berlin);
            if (closed && IsClosed(usage.Tenant) && month == Closed)
                month = month.Next;
            var position = new Position(usage.Tenant, month, usage.Department!, usage.UserId, usage.PriceClass!);
            var sum = _expected.GetValueOrDefault(position, new Quantities(0, 0, 0));
            _expected[position] = new Quantities(sum.Entries + 1, sum.PromptTokens + usage.PromptTokens, sum.CompletionTokens + usage.CompletionTokens);
        }

        return drawn;
    }

    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    public IEnumerable<T> Some<T>(IReadOnlyList<T> of, int count) => Enumerable.Range(0, count).Select(_ => of[random.Next(of.Count)]);

    private UsageRecorded Draw()
    {
        var (tenant, person) = (random.Next(Tenants), random.Next(PeopleEach));
        return new UsageRecorded
        {
            UsageId = Guid.CreateVersion7(),
            Tenant = Tenant(tenant),
            UserId = $"person-{person}",
            Department = $"department-{person % 5}",
            Kind = UsageKind.Answer,
            Purpose = "chat",
            Model = "replay",
            PriceClass = PriceClasses[random.Next(PriceClasses.Length)],
            PromptTokens = random.Next(1, 4_000),
            CompletionTokens = random.Next(0, 1_000),
            OccurredAt = new DateTimeOffset(2025, 10, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddSeconds(random.Next(92 * 86_400)),
        };
    }
}
