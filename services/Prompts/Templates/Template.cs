using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Prompts.Examples;
using LLMoin.Prompts.Packages;

namespace LLMoin.Prompts.Templates;

/// <summary>What is advised for the model; nothing is bound by it.</summary>
/// <param name="Preferred">Model names, best first.</param>
/// <param name="Temperature">0 to 2.</param>
/// <param name="MaxTokens">Longest answer.</param>
internal sealed record ModelHints(IReadOnlyList<string>? Preferred = null, double? Temperature = null, int? MaxTokens = null);

/// <summary>Everything in a template that a version keeps.</summary>
/// <param name="Function">What it is for: one of <see cref="PromptFunction"/>.</param>
/// <param name="Body">Liquid with the <paramref name="Variables"/> to fill in.</param>
/// <param name="Examples">What a good answer to certain values is known by.</param>
internal sealed record TemplateContent(
    string Title, string TitleEn, string Description, string DescriptionEn, string Language, string Category, IReadOnlyList<string> Tags,
    string Function, ModelHints? ModelHints, string Body, IReadOnlyList<Variable> Variables, IReadOnlyList<Example> Examples)
{
    /// <summary>Whether both say the same, however their values are ordered in memory or in the database.</summary>
    public bool SaysTheSameAs(TemplateContent other) => Canonical(this).AsSpan().SequenceEqual(Canonical(other));

    private static byte[] Canonical(TemplateContent content) => CanonicalJson.Bytes(JsonSerializer.SerializeToElement(content, ContractJson.Web));
}

/// <summary>A template as its readers see it.</summary>
/// <param name="Scope">See <see cref="TemplateScope"/>.</param>
/// <param name="Tenant">Whose it is; <c>*</c> for the platform's own.</param>
/// <param name="Version">The version shown: the newest for owner and editors, the published one for others.</param>
/// <param name="PublishedVersion">What those others see; null while nobody does.</param>
/// <param name="Origin">Where an imported version came from.</param>
internal sealed record Template(
    Guid Id, string Scope, string Tenant, string Owner, string Name, int Version, int? PublishedVersion,
    string Title, string TitleEn, string Description, string DescriptionEn, string Language, string Category, IReadOnlyList<string> Tags,
    string Function, ModelHints? ModelHints, string Body, IReadOnlyList<Variable> Variables, IReadOnlyList<Example> Examples,
    string Author, DateTime SavedAt, DateTime? DeprecatedAt, Origin? Origin);

/// <summary>Where an imported version came from.</summary>
internal sealed record Origin(string Publisher, Guid OriginalId, int OriginalVersion, DateTime ImportedAt);

/// <summary>What a template is for: which of the platform's functions it goes with.</summary>
internal static class PromptFunction
{
    public const string Chat = "chat";

    public static readonly IReadOnlyList<string> All = [Chat, "summarise", "research", "draft", "translate"];
}
