using System.Collections.Frozen;
using LLMoin.Extractive.Text;

namespace LLMoin.Retrieval.Index.Text;

/// <summary>
/// Laws that administrations cite, by the abbreviation and by the name: "§ 17 BMG" and "§ 17 des Bundesmeldegesetzes" are one place. The
/// abbreviations are those of the Federal Law Gazette and of the Länder.
/// </summary>
internal static class Laws
{
    private static readonly (string Abbreviation, string Name)[] All =
    [
        .. """
        AO Abgabenordnung, AsylG Asylgesetz, AufenthG Aufenthaltsgesetz, BauGB Baugesetzbuch, BauNVO Baunutzungsverordnung, BDSG Bundesdatenschutzgesetz,
        BeamtStG Beamtenstatusgesetz, BImSchG Bundesimmissionsschutzgesetz, BMG Bundesmeldegesetz, BNatSchG Bundesnaturschutzgesetz, BRKG Bundesreisekostengesetz,
        DSGVO Datenschutzgrundverordnung, EStG Einkommensteuergesetz, GewO Gewerbeordnung, GG Grundgesetz, GrStG Grundsteuergesetz, IFG Informationsfreiheitsgesetz,
        IfSG Infektionsschutzgesetz, InsO Insolvenzordnung, KAG Kommunalabgabengesetz, KrWG Kreislaufwirtschaftsgesetz, LBO Landesbauordnung,
        OWiG Ordnungswidrigkeitengesetz, PAuswG Personalausweisgesetz, PStG Personenstandsgesetz, SGB Sozialgesetzbuch, StAG Staatsangehörigkeitsgesetz,
        StGB Strafgesetzbuch, StPO Strafprozessordnung, StVO Straßenverkehrsordnung, StVG Straßenverkehrsgesetz, UStG Umsatzsteuergesetz,
        UVgO Unterschwellenvergabeordnung, VersG Versammlungsgesetz, VgV Vergabeverordnung, VwGO Verwaltungsgerichtsordnung, VwVfG Verwaltungsverfahrensgesetz,
        VwVG Verwaltungsvollstreckungsgesetz, VwZG Verwaltungszustellungsgesetz, WHG Wasserhaushaltsgesetz, WaffG Waffengesetz, WoGG Wohngeldgesetz,
        ZPO Zivilprozessordnung
        """.Split(',', StringSplitOptions.TrimEntries).Select(law => law.Split(' ')).Select(law => (Stem(law[0]), Stem(law[1]))),
    ];

    private static readonly FrozenDictionary<string, string> ByName = All.ToFrozenDictionary(law => law.Name, law => law.Abbreviation, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> OtherNames = All.Concat(All.Select(law => (law.Name, law.Abbreviation)))
        .ToFrozenDictionary(law => law.Item1, law => law.Item2, StringComparer.Ordinal);

    /// <summary>The stem of the name for that of the abbreviation, and the other way round; null for what is no law.</summary>
    public static string? OtherName(string stem) => OtherNames.GetValueOrDefault(stem);

    /// <summary>The law that a reference goes on with: "BauGB", "SGB II", "DS-GVO", "des Bundesmeldegesetzes"; null where it names none.</summary>
    public static string? Read(string text, int position)
    {
        if (WordAt(text, position) is var (article, behind) && article is "des" or "der" or "dem")
            position = Skip(text, behind);
        var (word, end) = WordAt(text, position);
        if (word.Length == 0)
            return null;
        var plain = word.Replace("-", "", StringComparison.Ordinal);
        if (ByName.TryGetValue(Stem(plain), out var abbreviation))
            return abbreviation + Book(text, end);
        // Of a law that is not in the list: a word with two capitals.
        return plain.Length <= 8 && plain.Count(char.IsUpper) >= 2 ? Stem(plain) + Book(text, end) : null;
    }

    /// <summary>" ii" for "II", as in "SGB II".</summary>
    private static string Book(string text, int end)
        => WordAt(text, Skip(text, end)).Word is { Length: > 0 and <= 4 } number && !number.AsSpan().ContainsAnyExcept("IVX") ? " " + number.ToLowerInvariant() : "";

    private static (string Word, int End) WordAt(string text, int position)
    {
        var end = position;
        while (end < text.Length && (char.IsLetter(text[end]) || (text[end] == '-' && end > position))) end++;
        return (text[position..end], end);
    }

    private static int Skip(string text, int position)
    {
        while (position < text.Length && text[position] is ' ' or '\u00A0' or '\n') position++;
        return position;
    }

    private static string Stem(string word) => GermanStemmer.Stem(GermanTokens.Fold(word));
}
