using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Packages;

/// <summary>Opens a package: first whose it is, then what is in it. Nothing of it is believed before its signature holds.</summary>
internal static class PackageReader
{
    // Two members of one name would be signed as one and read as the other.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <returns>The package with every template checked, or what is wrong with it.</returns>
    public static async Task<(PromptPackage? Package, ProblemResult? Problem)> ReadAsync(
        Stream body, IReadOnlyDictionary<string, string> trusted, CancellationToken cancellation)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(body, Strict, cancellation);
        }
        catch (JsonException)
        {
            return (null, PackageProblems.CannotRead(""));
        }

        using (document)
        {
            if (Verify(document.RootElement, trusted) is { } untrusted)
                return (null, untrusted);
            try
            {
                var package = document.RootElement.Deserialize<PromptPackage>(ContractJson.Web)!;
                return Check(package) is { } problem ? (null, problem) : (package, null);
            }
            catch (JsonException exception)
            {
                return (null, PackageProblems.CannotRead(exception.Path is { Length: > 2 } path ? path[2..] : ""));
            }
        }
    }

    private static ProblemResult? Verify(JsonElement root, IReadOnlyDictionary<string, string> trusted)
    {
        if (Text(root, "format") != PromptPackage.Version1)
            return PackageProblems.CannotRead("format");
        if (Text(root, "publisher") is not { } publisher || !trusted.TryGetValue(publisher, out var key))
            return PackageProblems.UnknownPublisher;
        try
        {
            return PackageSignature.IsValid(CanonicalJson.Bytes(root, without: "signature"), Text(root, "signature"), key) ? null : PackageProblems.WrongSignature;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            // Numbers that have no canonical form, or text that is no Unicode.
            return PackageProblems.CannotRead("templates");
        }
    }

    private static string? Text(JsonElement root, string name)
        => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static ProblemResult? Check(PromptPackage package)
    {
        if (package.Templates is not { Count: > 0 and <= PromptPackage.MostTemplates })
            return PackageProblems.CannotRead("templates");
        for (var i = 0; i < package.Templates.Count; i++)
        {
            if (package.Templates[i]?.Template is not { } template)
                return PackageProblems.CannotRead($"templates[{i}]");
            if (template.Check() is { } problem)
                return problem with { Field = $"templates[{i}].template.{problem.Field}" };
        }

        return null;
    }
}
