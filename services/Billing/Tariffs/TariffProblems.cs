using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Tariffs;

/// <summary>Expected failures of making and assigning tariffs.</summary>
internal static class TariffProblems
{
    private static readonly ProblemType Past = new("price-in-past", 409, "A price change never alters what was used before", "Ein neuer Preis gilt nie für bereits Genutztes");
    private static readonly ProblemType Taken = new("name-taken", 409, "The name is taken", "Der Name ist vergeben");
    private static readonly ProblemType Unpriced = new("no-price-yet", 409, "The tariff has no price on that day", "Der Tarif hat an diesem Tag keinen Preis");

    public static ProblemResult NotFound => new(ProblemType.NotFound, "No tariff with this id is visible to you; GET /api/billing/tariffs lists them.", "id",
        "Kein Tarif mit dieser Kennung ist für Sie sichtbar; GET /api/billing/tariffs nennt sie.");

    public static ProblemResult NoneInForce => new(ProblemType.NotFound, "No tariff is in force today; the operator assigns one.", null,
        "Heute gilt kein Tarif; der Betrieb weist ihn zu.");

    public static ProblemResult NameTaken => new(Taken, "Another tariff has this name; add a version to it or choose another.", "name",
        "Ein anderer Tarif heißt so; bitte diesem eine Fassung hinzufügen oder anders nennen.");

    public static ProblemResult InPast(string field, DateOnly earliest) => new(Past, $"The earliest day is {earliest:yyyy-MM-dd}.", field,
        $"Frühester Tag ist der {earliest:dd.MM.yyyy}.");

    public static ProblemResult UsedToday(string field, DateOnly tomorrow) => new(Past, $"It was used today already; begin on {tomorrow:yyyy-MM-dd}.", field,
        $"Heute wurde bereits genutzt; bitte ab {tomorrow:dd.MM.yyyy} beginnen.");

    public static ProblemResult NoPriceYet(DateOnly first) => new(Unpriced, $"Its prices begin on {first:yyyy-MM-dd}.", "from",
        $"Seine Preise beginnen am {first:dd.MM.yyyy}.");

    public static ProblemResult Wrong(string field, string expected, string erwartet)
        => new(ProblemType.InvalidRequest, $"{field}: {expected}.", field, $"{field}: {erwartet}.");
}
