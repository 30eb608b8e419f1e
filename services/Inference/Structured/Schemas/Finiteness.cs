namespace LLMoin.Inference.Structured.Schemas;

/// <summary>
/// Finds rules that no finite text matches, such as an object that requires another of its kind for ever: a model held to one could
/// never end its answer.
/// </summary>
internal sealed class Finiteness
{
    private readonly Dictionary<string, (string Path, IReadOnlyList<string> Items)> _all = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _any = [];

    /// <summary>The rule needs each of the items.</summary>
    public void NeedsAll(string rule, string path, IReadOnlyList<string> items) => _all[rule] = (path, items);

    /// <summary>The rule needs one of the items.</summary>
    public void NeedsAny(string rule, IReadOnlyList<string> items) => _any[rule] = items;

    /// <exception cref="UnsupportedSchemaException">There is such a rule.</exception>
    public void Check()
    {
        var finite = new HashSet<string>();
        bool found;
        do
        {
            found = false;
            // From the last one: what a rule needs mostly comes after it.
            foreach (var (rule, (_, items)) in _all.Reverse())
                if (items.All(IsFinite))
                    found |= finite.Add(rule);
            foreach (var (rule, items) in _any)
                if (items.Any(IsFinite))
                    found |= finite.Add(rule);
        }
        while (found);

        if (_all.FirstOrDefault(rule => !finite.Contains(rule.Key)) is { Key: not null } endless)
            throw new UnsupportedSchemaException($"Every value of the schema at {endless.Value.Path} would contain another such value without end.");

        bool IsFinite(string item) => finite.Contains(item) || !(_all.ContainsKey(item) || _any.ContainsKey(item));
    }
}
