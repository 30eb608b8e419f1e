using LLMoin.Chat.Functions.Drafts;
using LLMoin.Chat.Functions.Review;

namespace LLMoin.UnitTests.Chat.Functions;

public sealed class DraftTests
{
    private static readonly DraftOrder Order = new(
        "m", DraftKind.Letter, "Straßenfest am 12. Juli 2026, Sperrung der Lindenallee von 14 bis 22 Uhr, Az. 31-45/2026", ["Sperrung der Lindenallee", "Umleitung über die Ringstraße"]);

    [Fact]
    public void A_figure_that_nobody_gave_is_marked_and_what_was_given_stays()
    {
        var check = DraftCheck.Of("Am 12. Juli 2026 ist die Lindenallee von 14 bis 22 Uhr gesperrt. Die Gebühr beträgt 250 Euro nach § 7.", Order);
        Assert.Equal(["250", "§ 7"], check.Invented);
        Assert.Contains("[prüfen: 250] Euro nach [prüfen: § 7].", check.Text, StringComparison.Ordinal);
        Assert.StartsWith("Am 12. Juli 2026 ist", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_that_is_not_made_is_named()
    {
        Assert.Equal(["Umleitung über die Ringstraße"], DraftCheck.Of("Die Lindenallee wird gesperrt; die Sperrung gilt ab 14 Uhr.", Order).Missing);
        Assert.Empty(DraftCheck.Of("Für die Sperrung der Lindenallee wird eine Umleitung über die Ringstraße eingerichtet.", Order).Missing);
    }

    [Fact]
    public void What_is_missing_stays_visible_and_a_numbered_list_is_no_invention()
    {
        var check = DraftCheck.Of("1. Ort: [Ort]\n2. Zimmer [Zimmernummer], [Ort], siehe [Lageplan](https://example.org)", Order);
        Assert.Equal(["Ort", "Zimmernummer"], check.Placeholders);
        Assert.Empty(check.Invented);
    }

    [Theory]
    [InlineData("Ihrem Antrag auf Wohngeld wird stattgegeben.", "grants-or-refuses")]
    [InlineData("Ihren Widerspruch weisen wir als unbegründet zurück.", "grants-or-refuses")]
    [InlineData("Die Gebühr wird auf 120 Euro festgesetzt.", "imposes-or-sets")]
    [InlineData("Die Erlaubnis vom 3. Mai wird widerrufen.", "withdraws")]
    [InlineData("Gegen diesen Bescheid kann Widerspruch erhoben werden.", "legal-remedy")]
    [InlineData("Bescheid\n\nüber die Gewährung von Leistungen", "is-notice")]
    public void What_reads_like_a_decision_on_a_persons_rights_is_for_people_to_check(string text, string sign)
        => Assert.Contains(sign, DecisionSigns.In(text));

    [Theory]
    [InlineData("Der Wochenmarkt beginnt um sieben Uhr.")]
    [InlineData("Der Antrag ist bis zum 3. März zu stellen.")]
    [InlineData("Die Gebühr beträgt 12 Euro.")]
    public void What_only_informs_is_not(string text) => Assert.Empty(DecisionSigns.In(text));
}
