using System.Text.RegularExpressions;

namespace LLMoin.Chat.Functions.Review;

/// <summary>
/// Whether a text reads like a decision on a person's rights: those are for people to take, so it is marked for human review. By words, and rather
/// once too often.
/// </summary>
internal static partial class DecisionSigns
{
    private static readonly IReadOnlyList<(string Code, Regex Pattern)> Signs =
    [
        ("grants-or-refuses", Grants()), ("imposes-or-sets", Imposes()), ("legal-remedy", Remedy()), ("is-notice", Notice()), ("withdraws", Withdraws()),
    ];

    /// <returns>Codes of what was found: <c>grants-or-refuses</c>, <c>imposes-or-sets</c>, <c>withdraws</c>, <c>legal-remedy</c>, <c>is-notice</c>; none, and nothing needs review for this reason.</returns>
    public static IReadOnlyList<string> In(string text) => [.. Signs.Where(sign => sign.Pattern.IsMatch(text)).Select(sign => sign.Code)];

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Thing = @"(?:Antr[aä]g\w*|Widerspr[uü]ch\w*|Gesuch\w*|Leistung\w*|Zuschuss\w*|Förderung\w*|Erlaubnis\w*|Genehmigung\w*|Bewilligung\w*|application|appeal|request|permit|benefit|grant)";

    [GeneratedRegex(Thing + @"(?:[^.\n]|(?<=\d)\.){0,80}\b(?:stattgegeben|abgelehnt|zurückgewiesen|bewilligt|gewährt|versagt|genehmigt|erteilt|abgewiesen|granted|refused|rejected|dismissed|approved)\b|\b(?:bewilligen|gewähren|erteilen|versagen) (?:wir|ich) (?:Ihnen|Ihren|Ihre)\b|\b(?:lehnen|weisen) (?:wir|ich) (?:[^.\n]|(?<=\d)\.){0,80}\b(?:ab|zurück)\b", Options)]
    private static partial Regex Grants();

    [GeneratedRegex(@"\b(?:Gebühr|Bußgeld|Beitrag|Steuer|Zwangsgeld|Rückforderung|Erstattung)\w*(?:[^.\n]|(?<=\d)\.){0,80}\b(?:festgesetzt|auferlegt|angedroht|erhoben)\b|\b(?:setze|setzen|ordne|ordnen|untersage|untersagen) (?:ich|wir) (?:[^.\n]|(?<=\d)\.){0,80}|\bSie (?:sind|werden) (?:verpflichtet|aufgefordert)\b(?:[^.\n]|(?<=\d)\.){0,60}\b(?:zahlen|erstatten|unterlassen|beseitigen|räumen)\b", Options)]
    private static partial Regex Imposes();

    [GeneratedRegex(@"\b(?:widerrufen|zurückgenommen|aufgehoben|entzogen|revoked|withdrawn)\b(?:[^.\n]|(?<=\d)\.){0,60}\b(?:Bescheid|Bewilligung|Erlaubnis|Genehmigung|permit|decision)|\b(?:Bescheid|Bewilligung|Erlaubnis|Genehmigung)\w*(?:[^.\n]|(?<=\d)\.){0,80}\b(?:widerrufen|zurückgenommen|aufgehoben|entzogen)\b", Options)]
    private static partial Regex Withdraws();

    [GeneratedRegex(@"\bRechtsbehelfsbelehrung\b|\bGegen diesen Bescheid\b|\binnerhalb eines Monats\b(?:[^.\n]|(?<=\d)\.){0,80}\b(?:Widerspruch|Klage)\b", Options)]
    private static partial Regex Remedy();

    [GeneratedRegex(@"^\W{0,8}(?:\w+)?bescheid\b|\b(?:ergeht|erlassen)\b(?:[^.\n]|(?<=\d)\.){0,40}\bbescheid\b", Options | RegexOptions.Multiline)]
    private static partial Regex Notice();
}
