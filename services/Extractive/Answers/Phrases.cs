namespace LLMoin.Extractive.Answers;

/// <summary>The engine's own words, German or English. Everything else in an answer is quoted.</summary>
internal sealed record Phrases(
    string AnswerLead, string SummaryLead, string Notice, string Sources, string Section, string NoEvidence, string NothingToSummarize, string Ability,
    string TableColumns)
{
    public static readonly Phrases German = new(
        AnswerLead: "Dazu steht in den Quellen:",
        SummaryLead: "Die wichtigsten Sätze in der Reihenfolge des Textes:",
        Notice: "Diese Antwort besteht aus wörtlich zitierten Sätzen; ein Sprachmodell war nicht beteiligt.",
        Sources: "Quellen:",
        Section: "Abschnitt",
        NoEvidence: "In den vorliegenden Textstellen belegt kein Satz eine Antwort auf diese Frage.",
        NothingToSummarize: "Es liegt kein Text vor, den ich zusammenfassen könnte.",
        Ability: "Ich arbeite hier ohne Sprachmodell. Das kann ich: Fragen zu hochgeladenen Dokumenten mit wörtlichen Zitaten beantworten und Texte "
                 + "zusammenfassen, indem ich ihre wichtigsten Sätze auswähle. Entwürfe, Übersetzungen und freie Gespräche brauchen ein Sprachmodell: "
                 + "Dafür richtet der Betreiber ein GGUF-Modell für den Inferenz-Worker ein (docs/models.md).",
        TableColumns: "Tabelle");

    public static readonly Phrases English = new(
        AnswerLead: "The sources say:",
        SummaryLead: "The most important sentences, in the order of the text:",
        Notice: "This answer consists of sentences quoted from the sources; no language model was involved.",
        Sources: "Sources:",
        Section: "section",
        NoEvidence: "No sentence in the given passages supports an answer to this question.",
        NothingToSummarize: "There is no text here that I could summarise.",
        Ability: "I work without a language model here. What I can do: answer questions about uploaded documents with verbatim quotes, and summarise "
                 + "texts by selecting their most important sentences. Drafting, translation and free conversation need a language model: the operator "
                 + "configures a GGUF model for the inference worker (docs/models.md).",
        TableColumns: "table");
}
