using System.Collections.Immutable;
using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>One way of satisfying a schema: all of the parts, and none of the excluded schemas, hold.</summary>
/// <param name="Parts">Schemas with keywords of their own; their <c>$ref</c>, <c>allOf</c>, <c>anyOf</c> and <c>oneOf</c> are resolved.</param>
/// <param name="Excluded">The other alternatives of each <c>oneOf</c> on the way.</param>
internal sealed record Alternative(ImmutableList<SchemaPart> Parts, ImmutableList<SchemaPart> Excluded)
{
    public string Key => string.Join(' ', Parts.Select(part => part.Path));
}

/// <summary>Resolves <c>$ref</c>, <c>allOf</c>, <c>anyOf</c> and <c>oneOf</c>, so that only keywords about the value itself are left.</summary>
internal sealed class Alternatives(JsonElement root)
{
    private const int MostAtOnce = 256;
    private const int MostSteps = 50_000;

    private int _steps;

    /// <summary>None where nothing satisfies all of the schemas.</summary>
    /// <exception cref="UnsupportedSchemaException">A reference leads to itself or nowhere, or there are too many combinations.</exception>
    public IReadOnlyList<Alternative> Of(IEnumerable<SchemaPart> schemas)
    {
        var found = new List<Alternative>();
        var branches = new Stack<Branch>();
        branches.Push(new Branch([.. schemas.Select(part => new Visit(part, []))], [], new Alternative([], [])));
        while (branches.TryPop(out var branch))
        {
            if (branch.Open.IsEmpty)
                found.Add(branch.Closed);
            else
                foreach (var next in Expand(branch).Reverse())
                    branches.Push(next);
            if (found.Count + branches.Count > MostAtOnce || ++_steps > MostSteps)
                throw new UnsupportedSchemaException("The schema's 'anyOf', 'oneOf' and 'allOf' have too many combinations.");
        }
        return found;
    }

    /// <summary>Takes one schema of the branch apart; more than one branch where it leaves a choice, none where it is <c>false</c>.</summary>
    private IEnumerable<Branch> Expand(Branch branch)
    {
        var (part, ancestors) = branch.Open[0];
        branch = branch with { Open = branch.Open.RemoveAt(0) };
        if (ancestors.Contains(part.Path))
            throw new UnsupportedSchemaException($"The schema at {part.Path} refers to itself with nothing in between.");
        switch (part.Schema.ValueKind)
        {
            case JsonValueKind.False:
                return [];
            case JsonValueKind.True:
                return [branch];
            case not JsonValueKind.Object:
                throw new UnsupportedSchemaException($"The schema at {part.Path} must be an object or a boolean.");
        }
        if (branch.Seen.Contains(part.Path))
            return [branch];

        var below = ancestors.Add(part.Path);
        var always = part.Each("allOf");
        if (part.Schema.TryGetProperty("$ref", out _))
            always = always.Prepend(part.Refer(root));
        branch = new Branch(
            [.. always.Select(schema => new Visit(schema, below)), .. branch.Open],
            branch.Seen.Add(part.Path),
            Keywords.Constraining(part).Any() ? branch.Closed with { Parts = branch.Closed.Parts.Add(part) } : branch.Closed);

        return Choose(branch, part, "anyOf", below).SelectMany(chosen => Choose(chosen, part, "oneOf", below));
    }

    private static IEnumerable<Branch> Choose(Branch branch, SchemaPart part, string keyword, ImmutableHashSet<string> ancestors)
    {
        List<SchemaPart> choices = [.. part.Each(keyword)];
        if (choices.Count == 0)
            return [branch];
        return choices.Select(choice => branch with
        {
            Open = branch.Open.Add(new Visit(choice, ancestors)),
            Closed = keyword == "oneOf"
                ? branch.Closed with { Excluded = branch.Closed.Excluded.AddRange(choices.Where(other => other != choice)) }
                : branch.Closed,
        });
    }

    private sealed record Visit(SchemaPart Part, ImmutableHashSet<string> Ancestors);

    private sealed record Branch(ImmutableList<Visit> Open, ImmutableHashSet<string> Seen, Alternative Closed);
}
