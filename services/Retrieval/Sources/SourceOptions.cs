using System.ComponentModel.DataAnnotations;

namespace LLMoin.Retrieval.Sources;

/// <summary>Section <c>Retrieval:Sources</c>.</summary>
internal sealed class SourceOptions : IValidatableObject
{
    /// <summary>The folders below which a tenant may connect folders: absolute paths, by the tenant's name. None: no folders.</summary>
    public IReadOnlyDictionary<string, string[]> FolderRoots { get; init; } = new Dictionary<string, string[]>();

    /// <summary>How often a source is asked for changes, its groups for their members, and its items for their readers.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Most items whose readers are asked for again in one interval although nothing is known to have changed, those not asked for
    /// longest first. What the source reports as changed comes on top. SharePoint allows an app 1,250 units a minute; this costs five.
    /// </summary>
    [Range(1, 100_000)]
    public int ReaderChecks { get; init; } = 400;

    /// <summary>Items of one source that are read at once.</summary>
    [Range(1, 32)]
    public int Parallelism { get; init; } = 4;

    /// <summary>Sources that one replica synchronises at once.</summary>
    [Range(1, 64)]
    public int Concurrency { get; init; } = 2;

    /// <summary>Longest pause that a source may ask for within a run; for a longer one the run ends and comes back then.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => from tenant in FolderRoots
           from root in tenant.Value
           where !Path.IsPathFullyQualified(root)
           select new ValidationResult($"Retrieval:Sources:FolderRoots:{tenant.Key} has '{root}', which is no absolute path.");
}
