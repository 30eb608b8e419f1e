using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Packages;

/// <summary>Templates on their way from one installation to another.</summary>
/// <param name="Format">Always <see cref="Version1"/>.</param>
/// <param name="Publisher">Whose signature it bears.</param>
/// <param name="Templates">In their approved versions.</param>
/// <param name="Signature">Detached JWS over the canonical bytes of everything else, see <see cref="PackageSignature"/>.</param>
internal sealed record PromptPackage(string Format, string Publisher, DateTime ExportedAt, IReadOnlyList<PackagedTemplate> Templates, string? Signature = null)
{
    public const string Version1 = "llmoin-prompts/1";
    public const int MostTemplates = 500;

    public PromptPackage Signed(string privateKey)
    {
        var content = JsonSerializer.SerializeToElement(this with { Signature = null }, ContractJson.Web);
        return this with { Signature = PackageSignature.Sign(CanonicalJson.Bytes(content), privateKey) };
    }
}

/// <param name="Id">Of the template where it was made.</param>
/// <param name="Version">The same.</param>
/// <param name="Template">As an author sends it.</param>
internal sealed record PackagedTemplate(Guid Id, int Version, TemplateInput Template)
{
    public static PackagedTemplate Of(TemplateRow row)
    {
        var content = JsonSerializer.SerializeToNode(row.ToContent(), ContractJson.Web)!;
        content["name"] = row.Name;
        return new(row.Id, row.Version, content.Deserialize<TemplateInput>(ContractJson.Web)!);
    }
}

/// <summary>Expected failures of exchanging packages.</summary>
internal static class PackageProblems
{
    private static readonly ProblemType Untrusted = new("untrusted-package", 400, "The package is not from whom it says, or nobody we trust", "Das Paket ist nicht von dem, den es nennt, oder von niemandem, dem wir trauen");
    private static readonly ProblemType Unreadable = new("unreadable-package", 400, "This is no prompt package", "Dies ist kein Prompt-Paket");

    public static ProblemResult UnknownPublisher => new(Untrusted, "The publisher is not among Prompts:TrustedPublishers.", "publisher",
        "Der Herausgeber steht nicht unter Prompts:TrustedPublishers.");

    public static ProblemResult WrongSignature => new(Untrusted, "The signature does not belong to this content.", "signature",
        "Die Signatur gehört nicht zu diesem Inhalt.");

    public static ProblemResult CannotRead(string field) => new(Unreadable, "It was not made by an export, or was damaged.", field,
        "Es stammt nicht aus einem Export oder wurde beschädigt.");

    public static ProblemResult NoSigningKey => new(ProblemType.Unavailable, "Prompts:SigningKey is not configured.", null, "Prompts:SigningKey ist nicht eingerichtet.");

    public static ProblemResult NotExportable(int index) => new(ProblemType.NotFound, "Only published templates of the own tenant are exported.", $"ids[{index}]",
        "Exportiert werden nur veröffentlichte Vorlagen des eigenen Mandanten.");

    public static ProblemResult MayNot(string roles) => new(ProblemType.Forbidden, $"This needs {roles}.", null, $"Dazu braucht es {roles}.");
}
