using System.Text.RegularExpressions;

namespace LLMoin.Extractive.Text;

/// <summary>
/// Brings past participles and infinitives with zu to the plain infinitive, which suffix stemming cannot: "zurückgezahlt" and
/// "zurückzuzahlen" to "zurückzahlen", "genutzt" to "nutzen". Weak verbs only; strong ones change their vowel and stay as they are.
/// </summary>
internal static partial class GermanVerbs
{
    /// <param name="word">A lower-case word that is lower case in the source too: nouns ("Gericht") are no participles.</param>
    public static string Infinitive(string word)
    {
        if (word.Length < 6 || word is "gesamt" or "gerecht" or "geeignet" or "geehrt") return word;
        if (Separable().Match(word) is { Success: true } separable) return separable.Groups[1].Value + separable.Groups[2].Value + "en";
        return Participle().Match(word) is { Success: true } participle ? participle.Groups[1].Value + "en" : word;
    }

    [GeneratedRegex("^(ab|an|auf|aus|bei|ein|fest|fort|her|hin|mit|nach|über|um|vor|weg|weiter|wieder|zu|zurück|zusammen)(?:ge|zu)(\\p{L}{3,}?)(?:e?t|en)$")]
    private static partial Regex Separable();

    [GeneratedRegex("^ge(\\p{L}{3,}?)e?t$")]
    private static partial Regex Participle();
}
