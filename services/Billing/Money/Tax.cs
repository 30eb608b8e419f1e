namespace LLMoin.Billing.Money;

/// <summary>How a tariff is taxed: the VAT categories of UNTDID 5305 that German public customers meet (EN 16931, BT-151).</summary>
/// <param name="Name">As the API names it.</param>
/// <param name="Category">UNTDID 5305.</param>
/// <param name="Percent">Of the net amount.</param>
internal sealed record Tax(string Name, string Category, int Percent)
{
    public static readonly Tax Standard = new("standard", "S", 19);
    public static readonly Tax Reduced = new("reduced", "S", 7);
    public static readonly Tax Zero = new("zero", "Z", 0);

    /// <summary>The buyer owes the tax (§ 13b UStG).</summary>
    public static readonly Tax ReverseCharge = new("reverse-charge", "AE", 0);

    public static readonly IReadOnlyList<Tax> All = [Standard, Reduced, Zero, ReverseCharge];

    /// <returns>Null for a name that is none.</returns>
    public static Tax? Named(string name) => All.FirstOrDefault(tax => tax.Name == name);
}
