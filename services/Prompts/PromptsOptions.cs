using System.ComponentModel.DataAnnotations;
using LLMoin.Prompts.Packages;

namespace LLMoin.Prompts;

/// <summary>Section <c>Prompts</c>.</summary>
internal sealed class PromptsOptions : IValidatableObject
{
    private const int ShortestRatingKey = 32;

    /// <summary>Most characters a rendered prompt may have.</summary>
    [Range(1_000, 1_000_000)]
    public int MaxRenderedCharacters { get; init; } = 100_000;

    /// <summary>Most template statements one rendering may run.</summary>
    [Range(100, 1_000_000)]
    public int MaxSteps { get; init; } = 10_000;

    /// <summary>Longest a rendering may compute, by its thread's clock.</summary>
    [Range(10, 10_000)]
    public int MaxMilliseconds { get; init; } = 500;

    /// <summary>Most templates one person keeps.</summary>
    [Range(1, 100_000)]
    public int MaxTemplates { get; init; } = 1_000;

    /// <summary>Our name in the packages we sign.</summary>
    [StringLength(100)]
    public string? Publisher { get; init; }

    /// <summary>base64 of a P-256 private key in PKCS#8, with which packages are signed; without it none are made.</summary>
    public string? SigningKey { get; init; }

    /// <summary>By publisher name: base64 of their P-256 public key as SubjectPublicKeyInfo. Packages of others are refused.</summary>
    public IReadOnlyDictionary<string, string> TrustedPublishers { get; init; } = new Dictionary<string, string>();

    /// <summary>base64 of 32 bytes or more, with which raters are hashed; without it a key in the database is used.</summary>
    public string? RatingKey { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKey is not null && !PackageSignature.IsPrivateKey(SigningKey))
            yield return new ValidationResult("Prompts:SigningKey is no P-256 key in PKCS#8, base64.");
        if (SigningKey is not null && string.IsNullOrWhiteSpace(Publisher))
            yield return new ValidationResult("Prompts:Publisher is missing: packages signed with Prompts:SigningKey bear this name.");
        foreach (var (name, key) in TrustedPublishers)
        {
            if (!PackageSignature.IsPublicKey(key))
                yield return new ValidationResult($"Prompts:TrustedPublishers:{name} is no P-256 key as SubjectPublicKeyInfo, base64.");
        }

        if (RatingKey is not null && (!IsBase64(RatingKey) || Convert.FromBase64String(RatingKey).Length < ShortestRatingKey))
            yield return new ValidationResult($"Prompts:RatingKey is not base64 of {ShortestRatingKey} bytes or more.");
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
