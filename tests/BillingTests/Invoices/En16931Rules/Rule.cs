using System.Xml.Linq;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>One rule, with a change of a right invoice that it must notice: a rule that nothing can break is none.</summary>
/// <param name="Id">As the standard names it.</param>
/// <param name="Context">Whom it is about, from the invoice on; <c>.</c> is the invoice itself.</param>
/// <param name="Holds">For each of them.</param>
/// <param name="BrokenBy">See <see cref="Change"/>.</param>
internal sealed record Rule(string Id, string Context, Func<XElement, bool> Holds, Change BrokenBy)
{
    public bool IsBroken(XElement invoice) => invoice.All(Context).Any(element => !Holds(element));

    public override string ToString() => Id;
}

/// <summary>A change of an invoice.</summary>
/// <param name="Apply">False where the invoice has nothing to change.</param>
internal sealed record Change(Func<XElement, bool> Apply)
{
    public static Change Remove(string path) => new(invoice =>
    {
        var found = invoice.All(path);
        found.ToList().ForEach(element => element.Remove());
        return found.Count > 0;
    });

    public static Change Set(string path, string text) => Each(path, element => element.Value = text);

    public static Change Set(string path, string attribute, string? text) => Each(path, element => element.SetAttributeValue(attribute, text));

    /// <summary>Adds to an amount, in euros.</summary>
    public static Change Add(string path, decimal difference)
        => Each(path, element => element.Value = (element.Number(".")!.Value + difference).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Puts a new element at the end of, or with <paramref name="after"/> behind, what is found.</summary>
    public static Change Insert(string path, XElement added, bool after = false) => Each(path, element =>
    {
        if (after)
            element.AddAfterSelf(new XElement(added));
        else
            element.Add(new XElement(added));
    });

    public static Change Repeat(string path) => Each(path, element => element.AddAfterSelf(new XElement(element)));

    private static Change Each(string path, Action<XElement> change) => new(invoice =>
    {
        var found = invoice.All(path);
        found.ToList().ForEach(change);
        return found.Count > 0;
    });
}

/// <summary>All rules.</summary>
internal static class RuleBook
{
    public static IReadOnlyList<Rule> All { get; } =
        [.. ContentRules.All, .. TotalRules.All, .. VatRules.All, .. CodeRules.All, .. GermanRules.All, .. PeppolRules.All, .. SyntaxRules.All];

    /// <returns>The ids of the rules that the invoice breaks.</returns>
    public static IReadOnlyList<string> Broken(XElement invoice) => [.. All.Where(rule => rule.IsBroken(invoice)).Select(rule => rule.Id)];
}
