using System.Collections.Frozen;

namespace LLMoin.Billing.Accounts;

/// <summary>The countries of the European Union, the European Economic Area and Switzerland (ISO 3166-1 alpha-2): whom German law lets us bill like this.</summary>
internal static class Countries
{
    private static readonly FrozenSet<string> All = "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".Split(' ').ToFrozenSet();

    public static bool Has(string country) => All.Contains(country);
}
