using System.Globalization;
using System.Text;

namespace LLMoin.TestModels;

/// <summary>
/// A byte-level BPE vocabulary (Sennrich et al. 2016; bytes shown as GPT-2 shows them), trained on a few German sentences: small, and yet
/// every text has tokens.
/// </summary>
internal sealed record Vocabulary(IReadOnlyList<string> Tokens, IReadOnlyList<int> Types, IReadOnlyList<string> Merges)
{
    private const int Normal = 1;
    private const int Control = 3;

    private const string Text =
        "Der Antrag auf eine Baugenehmigung ist schriftlich bei der Gemeinde zu stellen. Die Behörde prüft den Antrag und entscheidet "
        + "innerhalb von drei Monaten über die Genehmigung. Für die Erteilung wird eine Gebühr nach der Satzung erhoben. Gegen den Bescheid kann "
        + "innerhalb eines Monats Widerspruch eingelegt werden. Die Mitarbeiterinnen und Mitarbeiter der Verwaltung beraten die Bürgerinnen und "
        + "Bürger zu den Öffnungszeiten im Rathaus, in der Straße am Markt. Die Frist beginnt mit der Bekanntgabe des Bescheides. ";

    public static readonly IReadOnlyList<string> ControlTokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|sep|>"];

    /// <param name="merges">Pairs to learn.</param>
    /// <param name="size">Filled up with tokens that no text has; the control tokens are the last.</param>
    public static Vocabulary Train(int merges, int size)
    {
        var bytes = ByteTexts();
        var tokens = bytes.ToList();
        var known = tokens.ToHashSet(StringComparer.Ordinal);
        var learned = new List<string>();
        var words = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).CountBy(word => word)
            .Select(word => (Parts: Encoding.UTF8.GetBytes(" " + word.Key).Select(b => bytes[b]).ToList(), Times: word.Value)).ToList();
        for (var merge = 0; merge < merges; merge++)
        {
            var pairs = words.SelectMany(word => word.Parts.Zip(word.Parts.Skip(1)).Select(pair => (pair, word.Times)))
                .GroupBy(occurrence => occurrence.pair, occurrence => occurrence.Times)
                .Select(group => (Pair: group.Key, Times: group.Sum())).ToList();
            if (pairs.Count == 0)
                break;
            var (left, right) = pairs.OrderByDescending(pair => pair.Times).ThenBy(pair => pair.Pair.First + " " + pair.Pair.Second, StringComparer.Ordinal).First().Pair;
            learned.Add(left + " " + right);
            if (known.Add(left + right))
                tokens.Add(left + right);
            foreach (var (parts, _) in words)
                Merge(parts, left, right);
        }
        for (var filler = 0; tokens.Count < size - ControlTokens.Count; filler++)
            tokens.Add(string.Create(CultureInfo.InvariantCulture, $"Ġt{filler:x}"));
        return new Vocabulary([.. tokens, .. ControlTokens], [.. tokens.Select(_ => Normal), .. ControlTokens.Select(_ => Control)], learned);
    }

    private static void Merge(List<string> parts, string left, string right)
    {
        for (var i = 0; i + 1 < parts.Count; i++)
            if (parts[i] == left && parts[i + 1] == right)
            {
                parts[i] = left + right;
                parts.RemoveAt(i + 1);
            }
    }

    /// <summary>Printable bytes as themselves, the others as characters from U+0100 on.</summary>
    private static string[] ByteTexts()
    {
        var texts = new string[256];
        var others = 0;
        for (var b = 0; b < 256; b++)
            texts[b] = ((char)(b is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174 ? b : 256 + others++)).ToString();
        return texts;
    }
}
