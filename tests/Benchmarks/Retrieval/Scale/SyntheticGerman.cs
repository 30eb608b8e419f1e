using System.Globalization;
using System.Text;
using LLMoin.Retrieval.Index;

namespace LLMoin.Benchmarks.Retrieval.Scale;

/// <summary>
/// Texts that mean nothing but are as hard to index as German administrative ones: compounds of a Zipf-distributed vocabulary in
/// sentences with function words, section references, numbers and file numbers. The same seed, the same texts.
/// </summary>
internal sealed class SyntheticGerman
{
    private const int VocabularySize = 120_000;
    private const int PassagesPerDocument = 20;
    private const int SentencesPerPassage = 11;

    /// <summary>Zipf's exponent; G. K. Zipf, 1935, and about right for German nouns.</summary>
    private const double Exponent = 1.02;

    private static readonly string[] Parts =
        ("Antrag Bau Bescheid Bürger Daten Dienst Eigen Einwohner Energie Erlaubnis Fahr Familie Feuer Förder Frist Garten Gebäude Gebühr Gemeinde Genehmigung Gesetz Gewerbe " +
        "Grund Grün Hafen Haus Haushalt Hilfe Hoch Jahr Jugend Kasse Kauf Kern Kinder Klima Kosten Kreis Kultur Land Leistung Markt Melde Miete Natur Not Ordnung Ort Park Personal Pflege " +
        "Plan Post Prüfung Rat Raum Recht Register Reise Sach Satzung Schutz Schul Sicherheit Sozial Sport Stadt Stelle Steuer Straße Strom Stück Tarif Technik Träger Umwelt Unfall Verband " +
        "Verfahren Verkehr Vermögen Versorgung Vertrag Verwaltung Vorhaben Wahl Wald Wasser Weg Werk Wert Wirtschaft Wohn Zahl Zeit Zentrum Zoll Zuschuss Zweck").Split(' ');

    private static readonly string[] Endings = ["", "", "", "s", "en", "e", "er", "es"];

    private static readonly string[] Verbs =
        ["prüft", "genehmigt", "erhebt", "bewilligt", "regelt", "beantragt", "versagt", "bestimmt", "gewährt", "erlässt", "verlängert", "überwacht", "fördert", "beschließt"];

    private static readonly string[] Templates =
    [
        "Die {0} {v} nach {r} den {0} für die {0}.", "Wer eine {0} beantragt, muss die {0} innerhalb von {n} Tagen bei der {0} vorlegen.",
        "Über die {0} entscheidet die {0} im Einvernehmen mit der {0}.", "Der {0} beträgt {n},50 EUR je {0}, soweit nicht {r} gilt.",
        "Soweit die {0} nicht ausreicht, {v} die {0} auf Antrag eine weitere {0}.", "({n}) Die {0} ist schriftlich bei der {0} zu stellen, Az. {f}.",
        "Für {0} und {0} gelten die Vorschriften über die {0} entsprechend.", "Das gilt nicht, wenn die {0} vor dem {n}. März in die {0} aufgenommen wurde.",
    ];

    private readonly Random _random;
    private readonly string[] _words;
    private readonly double[] _cumulated = new double[VocabularySize];

    public SyntheticGerman(int seed)
    {
        _random = new Random(seed);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < VocabularySize)
            words.Add(Compound());
        _words = [.. words];
        var sum = 0.0;
        for (var i = 0; i < VocabularySize; i++)
            _cumulated[i] = sum += 1 / Math.Pow(i + 1, Exponent);
    }

    /// <summary>Documents of twenty passages.</summary>
    public IReadOnlyList<IndexedDocument> Documents(int passages)
        => [.. Enumerable.Range(0, passages / PassagesPerDocument).Select(_ => new IndexedDocument(Guid.CreateVersion7(), ["tenant"], null, $"Satzung über {Word()} und {Word()}",
            [.. Enumerable.Range(1, PassagesPerDocument).Select(section => ($"§ {section} {Word()}", Passage()))]))];

    /// <summary>Questions as people ask them: mostly two to five words that matter, now and then a reference, a phrase or a long one.</summary>
    public IReadOnlyList<string> Questions(int count) => [.. Enumerable.Range(0, count).Select(number => (number % 10) switch
    {
        0 => $"Was regelt {Reference()} zu {Word()}?",
        1 => $"\"{Word()} und {Word()}\" {Word()}",
        2 => string.Join(' ', Enumerable.Range(0, 3).Select(_ => Sentence())),
        3 => $"{Word()} {Word()}",
        4 => $"Stand des Vorgangs {FileNumber()}",
        5 or 6 => $"Wie hoch ist die {Word()} für {Word()} und {Word()}?",
        _ => $"Wer {Verbs[_random.Next(Verbs.Length)]} die {Word()} nach der {Word()}, wenn {Word()} und {Word()} fehlen?",
    })];

    private string Passage() => string.Join(' ', Enumerable.Range(0, SentencesPerPassage).Select(_ => Sentence()));

    private string Sentence()
    {
        var text = new StringBuilder();
        var template = Templates[_random.Next(Templates.Length)];
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '{')
            {
                text.Append(template[i]);
                continue;
            }

            text.Append(template[i + 1] switch
            {
                'v' => Verbs[_random.Next(Verbs.Length)],
                'r' => Reference(),
                'n' => _random.Next(1, 400).ToString(CultureInfo.InvariantCulture),
                'f' => FileNumber(),
                _ => Word(),
            });
            i += 2;
        }

        return text.ToString();
    }

    private string Word()
    {
        var place = Array.BinarySearch(_cumulated, _random.NextDouble() * _cumulated[^1]);
        return _words[Math.Min(VocabularySize - 1, place < 0 ? ~place : place)];
    }

    private string Compound()
    {
        var length = _random.Next(10) switch { < 3 => 1, < 8 => 2, _ => 3 };
        var parts = Enumerable.Range(0, length).Select(_ => Parts[_random.Next(Parts.Length)]).ToList();
        return parts[0] + string.Concat(parts.Skip(1).Select(part => part.ToLowerInvariant())) + Endings[_random.Next(Endings.Length)];
    }

    private string Reference() => FormattableString.Invariant($"§ {_random.Next(1, 120)} Abs. {_random.Next(1, 6)} {new[] { "BauGB", "VwVfG", "SGB", "KAG" }[_random.Next(4)]}");

    private string FileNumber() => FormattableString.Invariant($"{_random.Next(10, 99)}-{_random.Next(1, 9)}/{_random.Next(2015, 2027)}-{_random.Next(1, 999):000}");
}
