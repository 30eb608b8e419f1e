using LLMoin.Chat.Functions.Citing;
using LLMoin.Chat.Functions.Documents;
using LLMoin.Chat.Functions.Summaries;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.UnitTests.Chat.Functions;

public sealed class SummaryTests
{
    [Fact]
    public void Portions_leave_out_nothing_and_none_crosses_a_page()
    {
        var random = new Random(5);
        for (var round = 0; round < 100; round++)
        {
            var document = Document(random, pages: random.Next(0, 9));
            List<Portion> portions = [.. Portion.Of(document)];
            Assert.Equal(Solid(document.Text), string.Concat(portions.Select(portion => Solid(portion.Text))));
            Assert.All(portions, portion => Assert.Equal(document.PageAt(portion.Start), document.PageAt(portion.Start + portion.Text.TrimEnd().Length - 1)));
        }

        static string Solid(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
    }

    [Fact]
    public void Every_portion_is_in_exactly_one_part_and_every_part_fits()
    {
        var random = new Random(6);
        for (var round = 0; round < 100; round++)
        {
            List<Portion> portions = [.. Portion.Of(Document(random, pages: random.Next(1, 60)))];
            if (portions.Count == 0)
                continue;
            var plan = SummaryPlan.For(portions, new SummaryLength(LengthUnit.Percent, random.Next(1, 51)), random.Next(512, 200_000));
            List<IReadOnlyList<int>> parts = [.. plan.Sections.SelectMany(section => section)];
            Assert.Equal(Enumerable.Range(0, portions.Count), parts.SelectMany(part => part));
            Assert.All(parts, part => Assert.True(part.Count == 1 || part.Sum(portion => portions[portion].Length) <= plan.Budget));
        }
    }

    [Fact]
    public void Coverage_names_each_page_once_as_read_empty_or_unread()
    {
        // Page 2 has no text, page 4 is a scan.
        var document = new WholeDocument(Guid.NewGuid(), "Bericht", "Eins.\nDrei.\nFünf.\n", [0, 6, 6, 12, 12], [new UnreadPart(4, null, null, "scanned", null, null)]);
        List<Portion> portions = [.. Portion.Of(document)];
        var coverage = Coverage.Of(document, portions, [portions[1]]);
        Assert.Equal("1-1 3-3 5-5", Runs(coverage.Read));
        Assert.Equal(("2-2", 5), (Runs(coverage.Empty), coverage.Pages));
        Assert.Equal([3], coverage.Cited);

        static string Runs(IReadOnlyList<int[]> runs) => string.Join(' ', runs.Select(run => $"{run[0]}-{run[1]}"));
    }

    [Fact]
    public void Sources_are_numbered_as_they_are_mentioned_and_a_forgotten_number_is_found()
    {
        FoundPassage[] passages =
        [
            Passage("Der Markt beginnt um sieben Uhr."), Passage("Die Standgebühr beträgt 12 Euro je Tag."), Passage("Hunde sind an der Leine zu führen."),
        ];
        var cited = CitedText.Of("Hunde sind anzuleinen und an der Leine zu führen. Die Standgebühr beträgt 12 Euro. Der Markt beginnt um sieben Uhr [1].", new Dictionary<int, int> { [1] = 0, [2] = 1, [3] = 2 }, passages, "");
        Assert.Equal("Hunde sind anzuleinen und an der Leine zu führen. [1] Die Standgebühr beträgt 12 Euro. [2] Der Markt beginnt um sieben Uhr [3].", cited.Text);
        Assert.Equal([2, 1, 0], cited.Citations.Select(citation => Array.FindIndex(passages, passage => passage.Start == citation.Start)));
        Assert.Empty(cited.Doubts);
    }

    [Fact]
    public void A_statement_from_nowhere_is_doubted()
    {
        var cited = CitedText.Of("Der Markt beginnt um sieben Uhr [1]. Parken ist überall kostenlos erlaubt.", new Dictionary<int, int> { [1] = 0 }, [Passage("Der Markt beginnt um sieben Uhr.")], "");
        var doubt = Assert.Single(cited.Doubts);
        Assert.Equal((DoubtKind.WithoutSource, "Parken ist überall kostenlos erlaubt."), (doubt.Kind, cited.Text[doubt.Start..doubt.End]));
    }

    [Fact]
    public void Sections_are_joined_with_numbers_that_go_on_and_doubts_that_stay_in_their_place()
    {
        FoundPassage[] passages = [.. Enumerable.Range(0, 12).Select(number => Passage($"Satz {number} handelt vom Vorhaben {number}."))];
        var (portion, first) = (new Portion(new WholeDocument(Guid.Empty, "Bericht", "Text", [0], []), 0, 4, 1), Section(0, 8));
        var joined = SectionJoin.Of([first, Section(8, 4, " Niemand weiß etwas Genaues darüber.")], [[portion], [portion]], "de");
        Assert.Equal(Enumerable.Range(1, 12), joined.Citations.Select(citation => citation.Number));
        Assert.Contains("Vorhaben 11 [12].", joined.Text, StringComparison.Ordinal);
        var doubt = Assert.Single(joined.Doubts);
        Assert.Equal("Niemand weiß etwas Genaues darüber.", joined.Text[doubt.Start..doubt.End].Trim());

        CitedText Section(int from, int count, string more = "") => CitedText.Of(
            string.Join(' ', Enumerable.Range(0, count).Select(number => $"Satz {from + number} handelt vom Vorhaben {from + number} [{number + 1}].")) + more,
            Enumerable.Range(0, count).ToDictionary(number => number + 1, number => from + number), passages, "");
    }

    private static FoundPassage Passage(string text) => new(Guid.Empty, "Ordnung", null, text, Random.Shared.Next(), 0);

    private static WholeDocument Document(Random random, int pages)
    {
        var text = new System.Text.StringBuilder();
        List<int> starts = [];
        for (var page = 0; page < Math.Max(1, pages); page++)
        {
            starts.Add(text.Length);
            for (var sentence = random.Next(0, 60); sentence > 0; sentence--)
                text.Append("Der Ausschuss hat über das Vorhaben ").Append(random.Next(1000)).Append(random.Next(5) == 0 ? " beraten.\n\n" : " beraten. ");
        }
        return new WholeDocument(Guid.NewGuid(), "Bericht", text.ToString(), pages == 0 ? [] : starts, []);
    }
}
