using LLMoin.Billing;
using LLMoin.Billing.Budgets;
using LLMoin.Billing.Ledger;
using LLMoin.BillingTests.Ledger;
using LLMoin.Contracts.Billing;
using LLMoin.ServiceBed;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.BillingTests.Budgets;

/// <summary>Counting by the ledger, at whatever time a test says it is.</summary>
public sealed class CounterTests : IAsyncDisposable
{
    private static readonly BudgetPeriods Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    private readonly Servers _servers;
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private readonly BudgetCounters _counters;
    private readonly BudgetStore _store;
    private readonly HashSet<DateTime> _crossings = [];
    private LedgerBed? _bed;

    public CounterTests(Servers servers)
    {
        _servers = servers;
        var warnings = new BudgetWarnings(Berlin, _clock);
        _counters = new BudgetCounters(warnings, Berlin, Options.Create(new BillingOptions()));
        _store = new BudgetStore(_counters, warnings, _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_and_a_month_begin_anew_at_midnight_in_billings_time_zone()
    {
        var (day, month) = (await SetAsync(BudgetScope.Tenant, period: BudgetPeriodLength.Day), await SetAsync(BudgetScope.Tenant, period: BudgetPeriodLength.Month));

        // Summer time: the last moment of March, and the first of April.
        await BookAsync(At(21, 59, 59), 100);
        await BookAsync(At(22, 0, 0), 7);

        Assert.Equal(100, await UsedAsync(day));
        Assert.Equal(100, await UsedAsync(month));
        _clock.SetUtcNow(At(22, 0, 0));
        Assert.Equal(7, await UsedAsync(day));
        Assert.Equal(7, await UsedAsync(month));
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.FromHours(2)), (await StatesAsync()).Tenants.Single(t => t.Tenant == _tenant).Budgets.Single(b => b.Id == month.Id).PeriodEnd);

        // What comes late counts where it happened.
        await BookAsync(At(21, 0, 0), 3);
        Assert.Equal(7, await UsedAsync(day));
    }

    [Fact]
    public async Task A_budget_made_in_mid_period_counts_what_was_used_before()
    {
        await BookAsync(At(9, 0, 0).AddDays(-20), 40, department: "bauamt");
        await BookAsync(At(9, 0, 0), 60, department: "bauamt", user: "berta");
        await BookAsync(At(9, 0, 0), 500);
        await BookAsync(At(9, 0, 0).AddDays(-40), 1000, department: "bauamt");

        var department = await SetAsync(BudgetScope.Department, "bauamt");
        var each = await SetAsync(BudgetScope.EachUser);
        await BookAsync(At(10, 0, 0), 5, department: "bauamt");

        Assert.Equal(105, await UsedAsync(department, "bauamt"));
        Assert.Equal(60, await UsedAsync(each, "berta"));
        Assert.Equal(545, await UsedAsync(each, "anna"));
    }

    [Fact]
    public async Task A_key_counts_alone_and_a_correction_takes_off()
    {
        var key = Guid.CreateVersion7();
        var budget = await SetAsync(BudgetScope.ApiKey, key.ToString());
        await BookAsync(At(9, 0, 0), 30, key: key);
        await BookAsync(At(9, 0, 0), 30);

        var bed = await BedAsync();
        await bed.Writer.AppendAsync([Entry(At(9, 30, 0), -10, key: key) with { Corrects = Guid.CreateVersion7(), Reason = "twice" }], Cancellation);

        Assert.Equal(20, await UsedAsync(budget, key.ToString()));
    }

    [Fact]
    public async Task It_warns_once_for_each_crossing()
    {
        var budget = await SetAsync(BudgetScope.Tenant, limit: 100);
        await BookAsync(At(9, 0, 0), 79);
        Assert.Equal(0, await WarningsAsync(budget));
        await BookAsync(At(9, 0, 0), 1);
        await BookAsync(At(9, 0, 0), 50);
        Assert.Equal(1, await WarningsAsync(budget));

        // A higher limit makes the next crossing another one.
        await using (var transaction = await (await BedAsync()).Database.BeginAsync(_tenant, Cancellation))
        {
            budget = (await _store.ChangeAsync(transaction, budget with { Amount = 1000 }, "adam", Cancellation))!;
            await transaction.CommitAsync(Cancellation);
        }
        await BookAsync(At(9, 0, 0), 669);
        Assert.Equal(1, await WarningsAsync(budget));
        await BookAsync(At(9, 0, 0), 1);
        Assert.Equal(2, await WarningsAsync(budget));

        _clock.SetUtcNow(At(22, 0, 0));
        await BookAsync(At(22, 0, 0), 900);
        Assert.Equal(3, await WarningsAsync(budget));
    }

    [Fact]
    public async Task Money_counts_by_the_price_of_the_day_on_which_it_was_used()
    {
        await PriceAsync(new DateOnly(2026, 3, 1), prompt: 1000, completion: 2000);
        await PriceAsync(new DateOnly(2026, 3, 31), prompt: 5000, completion: 0);
        await BookAsync(At(9, 0, 0).AddDays(-1), 300, priceClass: "large");

        var budget = await SetAsync(BudgetScope.Tenant, unit: BudgetUnit.Money);
        await BookAsync(At(9, 0, 0), 100, priceClass: "large");
        await BookAsync(At(9, 0, 0), 100_000, priceClass: "free");

        // 299 read at 1000 and 1 generated at 2000 cents a million; then 99 read at 5000.
        Assert.Equal(299 * 1000 + 2000 + 99 * 5000, await UsedAsync(budget));
    }

    [Fact]
    public async Task A_message_names_the_usage_that_its_figures_contain_and_no_other()
    {
        var budget = await SetAsync(BudgetScope.Tenant);
        var snapshot = new BudgetSnapshot((await BedAsync()).Database, Berlin, _clock);
        var (_, published) = await snapshot.ReadAsync(new Dictionary<string, Published>(), complete: true, [], Cancellation);
        var used = await BookAsync(At(9, 0, 0), 10);

        var (states, reached) = await snapshot.ReadAsync(published, complete: false, [], Cancellation);
        var mine = states!.Tenants.Single(tenant => tenant.Tenant == _tenant);
        Assert.Contains(used, states.Counted);
        Assert.Equal(new BudgetFigure(budget.Id, "", 10), Assert.Single(mine.Figures));

        var (later, _) = await snapshot.ReadAsync(reached, complete: false, [], Cancellation);
        Assert.DoesNotContain(later?.Tenants ?? [], tenant => tenant.Tenant == _tenant);
        var unknown = Guid.CreateVersion7();
        var (asked, _) = await snapshot.ReadAsync(reached, complete: true, [used, unknown], Cancellation);
        Assert.Contains(used, asked!.Counted);
        Assert.DoesNotContain(unknown, asked.Counted);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
            await _bed.DisposeAsync();
    }

    private static DateTimeOffset At(int hour, int minute, int second) => new(2026, 3, 31, hour, minute, second, TimeSpan.Zero);

    private async Task<LedgerBed> BedAsync() => _bed ??= await LedgerBed.StartAsync(_servers, _counters);

    private async Task<Budget> SetAsync(
        BudgetScope scope, string subject = "", BudgetUnit unit = BudgetUnit.Tokens, BudgetPeriodLength period = BudgetPeriodLength.Month, long limit = 1_000_000)
    {
        var budget = new NewBudget(scope, unit, period, limit, subject).ToBudget(_tenant, byOperator: false, new BillingOptions());
        await using var transaction = await (await BedAsync()).Database.BeginAsync(_tenant, Cancellation);
        Assert.True(await _store.AddAsync(transaction, budget, "adam", Cancellation));
        await transaction.CommitAsync(Cancellation);
        return budget;
    }

    private async Task<Guid> BookAsync(DateTimeOffset at, int tokens, string user = "anna", string department = "", Guid? key = null, string priceClass = "")
    {
        var entry = Entry(at, tokens, user, department, key, priceClass);
        await (await BedAsync()).Writer.AppendAsync([entry], Cancellation);
        return entry.UsageId;
    }

    private NewEntry Entry(DateTimeOffset at, int tokens, string user = "anna", string department = "", Guid? key = null, string priceClass = "")
        => LedgerBed.Answer(_tenant, at.UtcDateTime, user) with { PromptTokens = tokens - 1, CompletionTokens = 1, Department = department, ApiKeyId = key, PriceClass = priceClass };

    private async Task<BudgetStates> StatesAsync()
        => (await new BudgetSnapshot((await BedAsync()).Database, Berlin, _clock).ReadAsync(new Dictionary<string, Published>(), complete: true, [], Cancellation)).States!;

    private async Task<long> UsedAsync(Budget budget, string subject = "")
        => (await StatesAsync()).Tenants.Single(tenant => tenant.Tenant == _tenant).Figures.Single(figure => figure.Budget == budget.Id && figure.Subject == subject).Used;

    /// <summary>Crossings seen so far, each by its moment.</summary>
    private async Task<int> WarningsAsync(Budget budget)
    {
        _crossings.UnionWith(await (await BedAsync()).QueryAsync<DateTime>("select warned_at from budget_usage where budget_id = @Id and warned_at is not null", new { budget.Id }));
        _clock.Advance(TimeSpan.FromSeconds(1));
        return _crossings.Count;
    }

    private async Task PriceAsync(DateOnly from, int prompt, int completion)
    {
        var prices = $$"""{"tokens":[{"priceClass":"large","prompt":{{prompt}},"completion":{{completion}}}],"thousandPages":0,"storageGigabyte":0,"flat":0,"minimum":0,"discountBasisPoints":0,"tax":"standard"}""";
        await (await BedAsync()).QueryAsync<int>(
            """
            with made as (insert into tariffs (id, name) values (@id, @name) returning id),
              version as (insert into tariff_versions (tariff_id, version, valid_from, prices, created_by) values (@id, 1, @from, @prices::jsonb, 'otto'))
            insert into tariff_assignments (tenant, number, tariff_id, from_day, created_by)
            select @_tenant, 1 + count(*), @id, @from, 'otto' from tariff_assignments where tenant = @_tenant
            returning number
            """, new { id = Guid.CreateVersion7(), name = Guid.NewGuid().ToString(), from, prices, _tenant });
    }
}
