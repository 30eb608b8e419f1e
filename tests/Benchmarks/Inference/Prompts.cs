using System.Text;

namespace LLMoin.Benchmarks.Inference;

/// <summary>Texts of a wanted length that differ from their first word on, so that no cache helps where none shall.</summary>
internal static class Prompts
{
    private static readonly string[] Words =
    [
        "Antrag", "Bescheid", "Gebühr", "Frist", "Satzung", "Gemeinde", "Behörde", "Straße", "Genehmigung", "Verwaltung", "Bürgerin", "Monat",
        "prüft", "entscheidet", "beginnt", "erhoben", "schriftlich", "innerhalb", "und", "der", "die", "über", "nach", "im", "für",
    ];

    /// <param name="words">About 1.4 tokens of the benchmark model each.</param>
    /// <param name="seed">Another seed, another text.</param>
    public static string Text(int words, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var word = 0; word < words; word++)
            text.Append(word == 0 ? "" : " ").Append(Words[random.Next(Words.Length)]);
        return text.Append('.').ToString();
    }
}
