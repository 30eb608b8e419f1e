using LLMoin.Chat.Functions.Translations;

namespace LLMoin.UnitTests.Chat.Functions;

public sealed class TranslationTests
{
    [Fact]
    public void Amounts_dates_and_file_numbers_may_be_written_otherwise_but_not_changed()
    {
        const string Text = "# Gebühren\n\nDie Gebühr beträgt 1.234,56 Euro und ist bis zum 03.04.2026 zu zahlen (Az. 31-45/2026).\n\n- bar\n- Karte";
        const string Right = "# Fees\n\nThe fee is 1,234.56 euros, due on 3 April 2026 (ref. 31-45/2026).\n\n- cash\n- card";
        Assert.Equal((0, 0, 0), Counts(Fidelity.Of(Text, Right)));

        var wrong = Fidelity.Of(Text, Right.Replace("1,234.56", "1,243.56", StringComparison.Ordinal).Replace("\n- card", "", StringComparison.Ordinal));
        Assert.Equal(["1.234,56"], wrong.Missing);
        Assert.Equal(["1,243.56"], wrong.Added);
        Assert.Equal(["list items 2, 1"], wrong.Formatting);

        static (int, int, int) Counts(Fidelity fidelity) => (fidelity.Missing.Count, fidelity.Added.Count, fidelity.Formatting.Count);
    }

    [Fact]
    public void A_name_and_an_address_that_are_gone_are_noticed()
        => Assert.Equal(["post@example.de", "Frau Petersen"], Fidelity.Of("Fragen Sie Frau Petersen, post@example.de.", "Please ask us.").Missing);

    [Fact]
    public void Pieces_together_are_the_text_and_none_is_too_long()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var text = string.Join("\n\n", Enumerable.Range(0, random.Next(1, 12)).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 80)).Select(n => "Wort" + n + (random.Next(6) == 0 ? "." : "")))));
            var pieces = TextPieces.Of(text, 200);
            Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 200));
            Assert.Equal(Words(text), Words(string.Join("\n\n", pieces)));
        }

        static string Words(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
    }
}
