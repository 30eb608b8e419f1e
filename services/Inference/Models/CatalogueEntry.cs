using System.ComponentModel.DataAnnotations;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Models;

/// <summary>A model that LLMoin knows how to get and what it is good for: one entry of <c>models.json</c>.</summary>
internal sealed record CatalogueEntry : IValidatableObject
{
    /// <summary>As requests and <c>/v1/models</c> name it.</summary>
    [RegularExpression("[a-z0-9][a-z0-9._-]{0,99}")]
    public required string Id { get; init; }

    public required ModelKind Kind { get; init; }

    /// <summary>Where to get it: <c>owner/repo:file.gguf</c>. This or <see cref="File"/>.</summary>
    public string? Hf { get; init; }

    /// <summary>A file that is put there by hand: absolute, or below the models directory.</summary>
    public string? File { get; init; }

    /// <summary>Of the file, as 64 hexadecimal digits; not for split models.</summary>
    [RegularExpression("[0-9a-f]{64}")]
    public string? Sha256 { get; init; }

    [Range(1, long.MaxValue)]
    public long? SizeBytes { get; init; }

    /// <summary>Tokens of prompt and answer together that are served.</summary>
    [Range(128, 1 << 24)]
    public required int Context { get; init; }

    /// <summary>The chat template's family, where the file's own template is missing or wrong.</summary>
    public string? Template { get; init; }

    /// <summary>The licence's name; SPDX where it has one.</summary>
    [Required]
    public required string Licence { get; init; }

    /// <summary>What an operator must know about the licence, above all that it is no open-source licence.</summary>
    public string? LicenceNote { get; init; }

    /// <summary>What billing's tariffs call it.</summary>
    [RegularExpression("[a-z0-9-]{1,30}")]
    public required string PriceClass { get; init; }

    public required Machine RecommendedFor { get; init; }

    /// <summary>Memory of the computer or the GPU that it needs, in 10⁹ bytes: weights, context and room to work.</summary>
    [Range(0.1, 10_000)]
    public required double MinMemoryGb { get; init; }

    public required Description Description { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Hf is null == File is null)
            yield return new ValidationResult("Either hf or file must be given.", ["hf"]);
        if (Hf is not null && !HubFile.TryParse(Hf, out _))
            yield return new ValidationResult("It must look like owner/repo:file.gguf.", ["hf"]);
        if (Sha256 is not null && Hf is not null && HubFile.SplitName().IsMatch(Hf))
            yield return new ValidationResult("A split model has no one checksum; the server's are taken.", ["sha256"]);
    }
}

internal enum Machine
{
    LaptopCpu,
    OneGpu,
    SeveralGpus,
}

internal sealed record Description(string De, string En);
