using System.Text.RegularExpressions;

namespace LLMoin.Extractive.Questions;

/// <summary>What kind of fact a question asks for; <see cref="Any"/> when its form does not say.</summary>
public enum AnswerType
{
    Any,
    Date,
    Duration,
    Money,
    Number,
    Place,
    Person,
    Contact,
}

/// <summary>
/// Reads the expected answer type off a question's form and finds it in sentences (the classic step of question answering over
/// text; Prager, "Open-Domain Question-Answering", 2006, section 3). Patterns only: they raise a sentence, they never exclude one.
/// </summary>
internal static partial class AnswerTypes
{
    public static AnswerType Of(string question)
    {
        if (ContactQuestion().IsMatch(question)) return AnswerType.Contact;
        if (MoneyQuestion().IsMatch(question)) return AnswerType.Money;
        if (DurationQuestion().IsMatch(question)) return AnswerType.Duration;
        if (DateQuestion().IsMatch(question)) return AnswerType.Date;
        if (PersonQuestion().IsMatch(question)) return AnswerType.Person;
        if (PlaceQuestion().IsMatch(question)) return AnswerType.Place;
        return NumberQuestion().IsMatch(question) ? AnswerType.Number : AnswerType.Any;
    }

    public static bool Found(AnswerType type, string sentence) => type switch
    {
        AnswerType.Date => Date().IsMatch(sentence) || Duration().IsMatch(sentence),
        AnswerType.Duration => Duration().IsMatch(sentence) || Date().IsMatch(sentence),
        AnswerType.Money => Money().IsMatch(sentence),
        AnswerType.Number => Number().IsMatch(sentence),
        AnswerType.Place => Place().IsMatch(sentence),
        AnswerType.Contact => Contact().IsMatch(sentence),
        AnswerType.Person => Person().IsMatch(sentence),
        _ => false,
    };

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\bwie ?viel (geld|kostet|euro|muss ich .*zahlen|zahl)|\bkoste(t|n)\b|\bwie (hoch|teuer)\b|\b(welche|was f(ü|ue)r) (\w+ )?\w*(geb(ü|ue)hr|kosten|betrag|preis|bu(ß|ss)geld)|\bbezahl|\bwie viel .*(zahl|bekomm|f(ö|oe)rder|zuschuss)|\bhow much\b|\bcosts?\b|\bfee\b", Options)]
    private static partial Regex MoneyQuestion();

    [GeneratedRegex(@"\bwie lange?\b|\bwelche \w*frist|\bdauer|\bin(nerhalb)? welche[rnm] (zeit|frist|zeitraum)|\bwie schnell\b|\bwie viele (tage|wochen|monate|jahre|stunden|minuten)|\bwie alt\b|\bwelche[mrs]? alter|\bwie viel zeit|\bhow long\b", Options)]
    private static partial Regex DurationQuestion();

    [GeneratedRegex(@"\bwann\b|\bzu welche[mr] (zeit|termin|datum|uhrzeit)|\bwelche[rmns]? (tag|datum|stichtag|termin|(ö|oe)ffnungszeiten)|\bum wie viel uhr|\bwhen\b|\bdeadline\b", Options)]
    private static partial Regex DateQuestion();

    [GeneratedRegex(@"\bwer\b|\bwem\b|\bwen\b|\bwelche (stelle|beh(ö|oe)rde|abteilung|person)|\bwelche[rs] (amt|referat|sachgebiet|fachdienst|ausschuss)|\bzust(ä|ae)ndig|\bwho(m)?\b", Options)]
    private static partial Regex PersonQuestion();

    [GeneratedRegex(@"\b(telefon|ruf)?nummer\b|\btelefon|\be-?mail|\berreiche ich\b|\bphone\b", Options)]
    private static partial Regex ContactQuestion();

    [GeneratedRegex(@"\b0\d{2,5}[ /-]\d{2}|\b\d{3} \d{3}\b|\w@\w", Options)]
    private static partial Regex Contact();

    [GeneratedRegex(@"\bwo\b|\bwohin\b|\bwelche (adresse|anschrift)|\bin welche[mr] (raum|geb(ä|ae)ude|zimmer|ort|stra(ß|ss)e)|\bwhere\b", Options)]
    private static partial Regex PlaceQuestion();

    [GeneratedRegex(@"\bwie ?viele?\b|\bwie (oft|gro(ß|ss)|hoch|weit|breit|schwer|alt|warm|hei(ß|ss))\b|\bab welche[mr]|\bwelche[rn]? (anteil|prozent|anzahl|temperatur|h(ö|oe)he)|\bhow many\b", Options)]
    private static partial Regex NumberQuestion();

    [GeneratedRegex(@"\b\d{1,2}\.\s?(\d{1,2}\.|jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)|\b(januar|februar|märz|april|juni|juli|august|september|oktober|november|dezember|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?)\b|\b(19|20)\d\d\b|\d{1,2}([.:]\d\d)? uhr|\b(spätestens|unverzüglich|sobald|frühestens)\b", Options)]
    private static partial Regex Date();

    [GeneratedRegex(@"\b(\d+|ein(e|em|en|er|es)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|vierzehn|halbe[ns]?|mehrere[nr]?|zwanzig|dreißig)[ -](\w+ )?(minuten?|stunden?|tage?[ns]?|wochen?|monat(e|en|s)?|jahr(e|en|es|s)?|werktage?n?|arbeitstage?n?|kalendertage?n?|kalenderjahre?n?|tagen|days?|weeks?|months?|years?)\b|\bunbefristet|\bunverzüglich", Options)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\d\s?(eur|euro|€|cent)\b|€|\b(kostenlos|kostenfrei|gebührenfrei|unentgeltlich)\b", Options)]
    private static partial Regex Money();

    [GeneratedRegex(@"\d|\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|einmal|zweimal|dreimal|jährlich|monatlich|wöchentlich|täglich|hälfte|drittel|prozent)\b", Options)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{5} \p{Lu}|\p{L}{3,}(straße|platz|weg|allee|gasse|ufer|markt|ring|damm) \d|\b(zimmer|raum|erdgeschoss|obergeschoss|rathaus\w*|bürger(amt|büro|haus)\w*|foyer|saal|schalter|stelle|amt|portal|online)\b|\w+@\w+|\bwww\.", Options)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(herr|frau|dr\.|prof\.)\s|\b\w*(amt|amtes|leitung|leiter|leiterin|referat|ausschuss|bürgermeister|bürgermeisterin|beauftragte|beauftragter|beauftragten|behörde|dienststelle|sachgebiet|fachdienst|dezernat|abteilung|stelle|eigentümer\w*|vorsitz\w*|personalrat|beschäftigte[nr]?|träger\w*|haushalte?|personen|menschen|antragsteller\w*|vorgesetzte[nr]?|gremium|stadtrat|rat)\b", Options)]
    private static partial Regex Person();
}
