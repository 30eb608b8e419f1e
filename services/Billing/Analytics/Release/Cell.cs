namespace LLMoin.Billing.Analytics.Release;

/// <summary>What a day's entries of one category add up to.</summary>
/// <param name="Uses">Requests for which somebody waited; of feedback: ratings.</param>
/// <param name="Milliseconds">Those waits.</param>
/// <param name="PromptTokens">Read in.</param>
/// <param name="CompletionTokens">Generated.</param>
internal readonly record struct Sums(long Uses, long Milliseconds, long PromptTokens, long CompletionTokens)
{
    public static Sums operator +(Sums left, Sums right) => new(
        left.Uses + right.Uses, left.Milliseconds + right.Milliseconds, left.PromptTokens + right.PromptTokens, left.CompletionTokens + right.CompletionTokens);
}

/// <summary>The finest that analytics knows; too fine to be told as such.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Scope">What is known by other ways to belong together, so that nothing of it may be missing: e.g. a price class, whose tokens stand on the statement.</param>
/// <param name="Category">By what it is broken down: a purpose, a model.</param>
/// <param name="Day">Settled.</param>
/// <param name="Crowd">Whose entries they are.</param>
/// <param name="Sums">The figures.</param>
internal sealed record Cell(string Tenant, string Scope, string Category, DateOnly Day, Crowd Crowd, Sums Sums);

/// <summary>The finest that is told: cells of one month whose people are enough.</summary>
/// <param name="Scope">See there.</param>
/// <param name="Category">Null for the rest: what is too little to be told by category.</param>
/// <param name="Cells">At least one.</param>
internal sealed record Atom(string Scope, string? Category, IReadOnlyList<Cell> Cells)
{
    public Sums Sums => Cells.Aggregate(default(Sums), (sum, cell) => sum + cell.Sums);

    public bool IsWithin(Periods.Bucket bucket) => Cells.All(cell => bucket.Holds(cell.Day));
}
