namespace LLMoin.Prompts.Templates;

/// <summary>Something to fill in.</summary>
/// <param name="Name">As the body calls it: lower-case letters, digits and underscores.</param>
/// <param name="Type">One of <see cref="VariableType"/>.</param>
/// <param name="Label">What the form says, in the template's language.</param>
/// <param name="Required">Whether an empty value is refused.</param>
/// <param name="Choices">What a <c>choice</c> offers.</param>
/// <param name="LabelEn">What the English form says; the label where absent.</param>
internal sealed record Variable(string Name, string Type, string Label, bool Required, IReadOnlyList<string>? Choices = null, string? LabelEn = null);

internal static class VariableType
{
    public const string Text = "text";
    public const string LongText = "long-text";
    public const string Number = "number";

    /// <summary>ISO 8601, such as 2026-03-31.</summary>
    public const string Date = "date";
    public const string Boolean = "boolean";
    public const string Choice = "choice";

    /// <summary>Of texts.</summary>
    public const string List = "list";

    /// <summary>A document's id, or <c>{id, title}</c>; the title is what is rendered where there is one.</summary>
    public const string Document = "document";

    /// <summary>The same of a collection of documents.</summary>
    public const string Collection = "collection";

    public static readonly IReadOnlyList<string> All = [Text, LongText, Number, Date, Boolean, Choice, List, Document, Collection];
}
