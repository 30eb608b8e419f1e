using LLMoin.Budgeting;
using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.BillingTests.Budgets;

/// <summary>What one process admits by what it was told and what it holds.</summary>
public sealed class BookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(1));
    private static readonly Spender Anna = new("hamburg", "anna", "bauamt", null);
    private static readonly Spender Berta = new("hamburg", "berta", null, null);

    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly BudgetBook _book;
    private readonly BudgetState _budget = Budget(BudgetScope.Tenant, "", limit: 1000);

    public BookTests() => _book = new BudgetBook(_clock);

    [Fact]
    public void Where_nothing_is_known_everything_is_admitted()
    {
        Assert.NotNull(Hold(Anna, 1_000_000).Hold);
        Assert.Null(_book.Spent(Anna));
    }

    [Fact]
    public void Work_under_way_counts_as_estimated_until_it_is_settled_as_used()
    {
        _book.Apply(States(seq: 1, used: 500));

        var first = Hold(Anna, 400).Hold!;
        Assert.NotNull(Hold(Berta, 101).Refusal);
        first.Settle(new(10, 20), "", Noon);

        Assert.NotNull(Hold(Berta, 470).Hold);
        Assert.NotNull(Hold(Berta, 1).Refusal);
    }

    [Fact]
    public void What_was_not_used_is_given_back()
    {
        _book.Apply(States(seq: 1, used: 0));

        Hold(Anna, 1000).Hold!.Dispose();

        Assert.NotNull(Hold(Anna, 1000).Hold);
    }

    [Fact]
    public void A_settled_use_counts_once_before_and_after_the_ledger_has_counted_it()
    {
        _book.Apply(States(seq: 1, used: 0));
        var id = Guid.CreateVersion7();
        _book.Hold(id, Anna, "", new(0, 600)).Hold!.Settle(new(0, 600), "", Noon);
        Assert.NotNull(Hold(Anna, 401).Refusal);

        // Another's use is counted first, this one's not yet.
        _book.Apply(States(seq: 2, used: 100));
        Assert.NotNull(Hold(Anna, 301).Refusal);

        _book.Apply(States(seq: 3, used: 700, counted: [id]));
        Assert.NotNull(Hold(Anna, 301).Refusal);
        Assert.NotNull(Hold(Anna, 300).Hold);
    }

    [Fact]
    public void A_use_may_be_counted_before_this_process_knows_that_it_is_settled()
    {
        _book.Apply(States(seq: 1, used: 0));
        var id = Guid.CreateVersion7();
        var hold = _book.Hold(id, Anna, "", new(0, 900)).Hold!;

        _book.Apply(States(seq: 2, used: 600, counted: [id]));
        hold.Settle(new(0, 600), "", Noon);
        hold.Dispose();

        Assert.NotNull(Hold(Anna, 401).Refusal);
        Assert.NotNull(Hold(Anna, 400).Hold);
    }

    [Fact]
    public void An_older_message_that_comes_late_takes_nothing_back_and_still_says_what_is_counted()
    {
        _book.Apply(States(seq: 1, used: 0));
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in new[] { one, two })
            _book.Hold(id, Anna, "", new(0, 300)).Hold!.Settle(new(0, 300), "", Noon);

        _book.Apply(States(seq: 3, used: 600, counted: [two]));
        _book.Apply(States(seq: 2, used: 300, counted: [one], at: Noon.AddSeconds(-1), complete: false));

        Assert.NotNull(Hold(Anna, 401).Refusal);
        Assert.NotNull(Hold(Anna, 400).Hold);
    }

    [Fact]
    public void Settled_uses_that_nobody_names_are_asked_about_again_and_again()
    {
        _book.Apply(States(seq: 1, used: 0));
        var id = Guid.CreateVersion7();
        _book.Hold(id, Anna, "", new(0, 5)).Hold!.Settle(new(0, 5), "", Noon);
        Assert.Empty(_book.Overdue(TimeSpan.FromSeconds(5), 10));

        _clock.SetUtcNow(Noon.AddSeconds(6));
        Assert.Equal([id], _book.Overdue(TimeSpan.FromSeconds(5), 10));
        Assert.Empty(_book.Overdue(TimeSpan.FromSeconds(5), 10));
        _clock.SetUtcNow(Noon.AddSeconds(12));
        Assert.Equal([id], _book.Overdue(TimeSpan.FromSeconds(5), 10));

        _book.Apply(States(seq: 2, used: 5, counted: [id]));
        _clock.SetUtcNow(Noon.AddSeconds(20));
        Assert.Empty(_book.Overdue(TimeSpan.FromSeconds(5), 10));
    }

    [Fact]
    public void At_the_turn_of_a_period_a_budget_begins_anew_though_nobody_says_so()
    {
        _book.Apply(States(seq: 1, used: 1000));
        var refusal = Hold(Anna, 1).Refusal!;
        Assert.Equal(_budget.PeriodEnd, refusal.BeginsAnew);
        Assert.NotNull(_book.Spent(Anna));

        _clock.SetUtcNow(_budget.PeriodEnd);
        Assert.Null(_book.Spent(Anna));
        // What was used before the turn belongs to the period before, what is under way to the new one.
        Hold(Anna, 400).Hold!.Settle(new(0, 400), "", _budget.PeriodEnd.AddTicks(-1));
        var (hold, _) = Hold(Anna, 1000);
        Assert.NotNull(hold);
        hold.Settle(new(0, 1000), "", _clock.GetUtcNow());
        Assert.Equal(_budget.NextPeriodEnd, Hold(Anna, 1).Refusal!.BeginsAnew);
    }

    [Fact]
    public void Each_user_has_a_budget_of_their_own_and_one_who_has_spent_it_takes_nobody_elses()
    {
        var each = Budget(BudgetScope.EachUser, "", limit: 100);
        _book.Apply(States(seq: 1, [each], [new BudgetFigure(each.Id, "anna", 100)]));

        Assert.NotNull(Hold(Anna, 1).Refusal);
        Assert.NotNull(Hold(Berta, 100).Hold);
        Assert.NotNull(Hold(Berta, 1).Refusal);
    }

    [Fact]
    public void A_budget_binds_its_department_user_or_key_and_nobody_else()
    {
        var key = Guid.CreateVersion7();
        foreach (var (scope, subject, bound) in new[]
                 {
                     (BudgetScope.Department, "bauamt", Anna), (BudgetScope.User, "anna", Anna), (BudgetScope.ApiKey, key.ToString(), Berta with { ApiKeyId = key }),
                 })
        {
            var book = new BudgetBook(_clock);
            book.Apply(States(seq: 1, [Budget(scope, subject, limit: 0)], []));
            Assert.NotNull(book.Spent(bound));
            Assert.Null(book.Spent(Berta));
            Assert.Null(book.Spent(bound with { Tenant = "bremen" }));
        }
    }

    [Fact]
    public void A_soft_budget_refuses_nothing()
    {
        var soft = _budget with { Hard = false, Limit = 0 };
        _book.Apply(States(seq: 1, [soft], []));
        Assert.NotNull(Hold(Anna, 1).Hold);
        Assert.Null(_book.Spent(Anna));
    }

    [Fact]
    public void Money_counts_what_the_models_price_class_costs()
    {
        // A cent for 1000 tokens read, two for 1000 generated; ten cents.
        var money = _budget with { Unit = BudgetUnit.Money, Limit = 10_000_000 };
        _book.Apply(States(seq: 1, [money], [], [new TokenPriceInForce("large", 1000, 2000)]));

        Assert.NotNull(_book.Hold(Guid.CreateVersion7(), Anna, "large", new(4000, 3000)).Hold);
        Assert.NotNull(_book.Hold(Guid.CreateVersion7(), Anna, "large", new(1, 0)).Refusal);
        Assert.NotNull(_book.Hold(Guid.CreateVersion7(), Anna, "free", new(1_000_000, 0)).Hold);
    }

    [Fact]
    public void Steps_draw_from_what_their_run_holds_and_the_rest_is_given_back()
    {
        _book.Apply(States(seq: 1, used: 0));
        var whole = _book.Hold(Guid.CreateVersion7(), Anna, "", new(0, 800)).Hold!;
        Assert.NotNull(Hold(Berta, 201).Refusal);

        var step = _book.Hold(Guid.CreateVersion7(), Anna, "", new(0, 500), whole).Hold!;
        Assert.NotNull(Hold(Berta, 201).Refusal);
        step.Settle(new(0, 100), "", Noon);
        // What the step did not need is the run's again, and it may need more than it has left.
        Assert.NotNull(_book.Hold(Guid.CreateVersion7(), Anna, "", new(0, 901), whole).Refusal);
        var last = _book.Hold(Guid.CreateVersion7(), Anna, "", new(0, 900), whole).Hold!;
        last.Settle(new(0, 50), "", Noon);
        Assert.NotNull(Hold(Berta, 201).Refusal);

        whole.Dispose();
        Assert.NotNull(Hold(Berta, 850).Hold);
        Assert.NotNull(Hold(Berta, 1).Refusal);
    }

    [Fact]
    public void A_deleted_budget_binds_nobody_any_more()
    {
        _book.Apply(States(seq: 1, used: 1000));
        _book.Apply(new BudgetStates { AsOf = Noon.AddSeconds(1), Complete = true, Counted = [], Tenants = [] });
        Assert.Null(_book.Spent(Anna));
    }

    [Fact]
    public async Task Two_hundred_at_once_hold_no_more_than_there_is()
    {
        _book.Apply(States(seq: 1, used: 900));
        var admitted = 0;
        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (_, _) =>
        {
            if (Hold(Anna, 7).Hold is not null)
                Interlocked.Increment(ref admitted);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(100 / 7, admitted);
    }

    [Fact]
    public void A_refusal_says_in_both_languages_which_when_and_whom_to_ask_and_no_figures()
    {
        _book.Apply(States(seq: 1, used: 1000));
        var problem = Hold(Anna, 1).Refusal!.Problem;

        Assert.Equal(429, problem.Type.Status);
        Assert.True(problem.Type.IsFinal);
        Assert.Equal("The daily token budget of your organisation is spent or does not suffice for this. It begins anew on 2026-11-25 at 00:00. Ask: Haushalt, 4711", problem.Detail);
        Assert.Equal("Das Tagesbudget an Token Ihrer Organisation ist aufgebraucht oder reicht hierfür nicht. Es beginnt neu am 25.11.2026 um 00:00 Uhr. Ansprechpartner: Haushalt, 4711", problem.DetailDe);
        var error = OpenAiError.From(problem, isGerman: false).Error;
        Assert.Equal(("insufficient_quota", "insufficient_quota"), (error.Type, error.Code));
        Assert.Contains(problem.DetailDe!, error.Message, StringComparison.Ordinal);
        Assert.Equal($"Ein Budget reicht hierfür nicht aus: {problem.DetailDe}", OpenAiError.From(problem, isGerman: true).Error.Message);
    }

    private static BudgetState Budget(BudgetScope scope, string subject, long limit) => new()
    {
        Id = Guid.CreateVersion7(),
        Scope = scope,
        Subject = subject,
        Unit = BudgetUnit.Tokens,
        Limit = limit,
        Hard = true,
        Period = BudgetPeriodLength.Day,
        PeriodStart = Noon.AddHours(-12),
        PeriodEnd = Noon.AddHours(12),
        NextPeriodEnd = Noon.AddHours(36),
        Contact = "Haushalt, 4711",
    };

    private static BudgetStates States(
        long seq, IReadOnlyList<BudgetState> budgets, IReadOnlyList<BudgetFigure> figures, IReadOnlyList<TokenPriceInForce>? prices = null, IReadOnlyList<Guid>? counted = null,
        DateTimeOffset? at = null, bool complete = true) => new()
        {
            AsOf = at ?? Noon,
            Complete = complete,
            Counted = counted ?? [],
            Tenants = [new TenantBudgets { Tenant = "hamburg", Seq = seq, Budgets = budgets, Figures = figures, Prices = prices ?? [] }],
        };

    private BudgetStates States(long seq, long used, IReadOnlyList<Guid>? counted = null, DateTimeOffset? at = null, bool complete = true)
        => States(seq, [_budget], [new BudgetFigure(_budget.Id, "", used)], null, counted, at, complete);

    private (BudgetHold? Hold, BudgetRefusal? Refusal) Hold(Spender spender, long tokens) => _book.Hold(Guid.CreateVersion7(), spender, "", new(0, tokens));
}
