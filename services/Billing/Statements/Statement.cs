using LLMoin.Billing.Money;
using LLMoin.Billing.Months;

namespace LLMoin.Billing.Statements;

/// <summary>What a tenant owes for a closed month. Never changed afterwards: what comes late is a correction in a later one.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Tenant">Who owes it.</param>
/// <param name="Month">For which month.</param>
/// <param name="Lines">In the order of the tariff; none where nothing is owed.</param>
/// <param name="Net">The sum of the lines.</param>
/// <param name="LedgerSeq">The last entry of the tenant's chain that it contains.</param>
/// <param name="LedgerHash">That entry's hash, lower-case hexadecimal: who holds the statement can show that the ledger was not changed since.</param>
/// <param name="ClosedAt">UTC.</param>
internal sealed record Statement(
    Guid Id, string Tenant, BillingMonth Month, IReadOnlyList<StatementLine> Lines, Cents Net, long LedgerSeq, string LedgerHash, DateTime ClosedAt);

/// <summary>
/// One position: <c>Net = round(Quantity × UnitPrice / BaseQuantity) − Allowance</c>, rounded once, so that an e-invoice can state it the same
/// way (EN 16931, BT-129, BT-146, BT-149, BT-136, BT-131).
/// </summary>
/// <param name="Kind"><c>users</c>, <c>tokens</c>, <c>storage</c>, <c>flat</c>, <c>minimum</c> or <c>correction</c>.</param>
/// <param name="Description">For the customer, in German.</param>
/// <param name="Quantity">How many of the unit; negative where something is given back.</param>
/// <param name="BaseQuantity">How many the price is for, e.g. 1,000,000 tokens; above zero.</param>
/// <param name="Unit">UN/ECE Recommendation 20, e.g. <c>C62</c> (one), <c>MON</c> (month), <c>DAY</c>, <c>E34</c> (gigabyte).</param>
/// <param name="UnitPrice">For <paramref name="BaseQuantity"/>; not negative.</param>
/// <param name="Allowance">Discount; not negative where the quantity is not.</param>
/// <param name="AllowanceReason">For the customer, in German; empty without one.</param>
/// <param name="Net">Without tax.</param>
/// <param name="Tax">How it is taxed.</param>
/// <param name="Shares">Who in the tenant bears it; their sum is <paramref name="Net"/>.</param>
internal sealed record StatementLine(
    string Kind, string Description, long Quantity, long BaseQuantity, string Unit, Cents UnitPrice, Cents Allowance, string AllowanceReason, Cents Net,
    Tax Tax, IReadOnlyList<CostShare> Shares);

/// <param name="Department">The department's id; empty for what no department used.</param>
/// <param name="CostCentre">What the tenant books it under; empty where none is set.</param>
/// <param name="Net">Without tax.</param>
internal sealed record CostShare(string Department, string CostCentre, Cents Net);
