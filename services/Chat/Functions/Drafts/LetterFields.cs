namespace LLMoin.Chat.Functions.Drafts;

/// <summary>The parts of a business letter around its text (DIN 5008); what is missing is a placeholder.</summary>
/// <param name="Recipient">Lines of the address field.</param>
/// <param name="Reference">Our reference.</param>
/// <param name="Date">As it is written.</param>
/// <param name="Sender">Who signs, a line each.</param>
internal sealed record LetterFields(
    IReadOnlyList<string> Recipient, string? Reference, string Date, string Subject, string Salutation, string Closing, IReadOnlyList<string> Sender)
{
    public static LetterFields? Of(DraftOrder order)
    {
        if (!order.IsLetter)
            return null;
        var (isEnglish, culture) = (order.Language == "en", System.Globalization.CultureInfo.GetCultureInfo(order.Language));
        return new LetterFields(
            order.Recipient is { Count: > 0 } recipient ? recipient : isEnglish ? ["[Name]", "[Street]", "[Postcode and town]"] : ["[Name]", "[Straße]", "[Postleitzahl und Ort]"],
            order.Reference,
            order.Date?.ToString(isEnglish ? "d MMMM yyyy" : "d. MMMM yyyy", culture) ?? (isEnglish ? "[Date]" : "[Datum]"),
            order.Subject ?? (isEnglish ? "[Subject]" : "[Betreff]"),
            order.Salutation ?? (isEnglish ? "Dear Sir or Madam," : "Sehr geehrte Damen und Herren,"),
            order.Closing ?? (isEnglish ? "Yours faithfully" : "Mit freundlichen Grüßen"),
            order.Sender is { Count: > 0 } sender ? sender : isEnglish ? ["[Name and function]"] : ["[Name und Funktion]"]);
    }
}
