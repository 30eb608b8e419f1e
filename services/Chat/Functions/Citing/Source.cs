namespace LLMoin.Chat.Functions.Citing;

/// <summary>What a question is grounded on: a passage's text, or what was said of it in an intermediate answer.</summary>
/// <param name="Passage">The passage's place within the run's, from 0.</param>
internal sealed record Source(int Passage, string Text)
{
    /// <summary>Under which number each is given, from 1, and the place of its passage.</summary>
    public static IReadOnlyDictionary<int, int> Given(IReadOnlyList<Source> sources) => sources.Index().ToDictionary(pair => pair.Index + 1, pair => pair.Item.Passage);

    /// <summary>Statements gathered by the passage that they are from, in the order of the text; what is from several stands with the first.</summary>
    public static IReadOnlyList<Source> Of(IReadOnlyList<Statement> statements)
        => [.. statements.Where(statement => statement.Sources.Count > 0)
            .GroupBy(statement => statement.Sources[0])
            .OrderBy(group => group.Key)
            .Select(group => new Source(group.Key, string.Join('\n', group.Select(statement => statement.Text).Distinct())))];

    /// <summary>Neighbours, as many as fit together; a single one that is longer stands alone.</summary>
    public static IReadOnlyList<IReadOnlyList<Source>> Groups(IReadOnlyList<Source> sources, int budget)
    {
        List<List<Source>> groups = [];
        var size = 0;
        foreach (var source in sources)
        {
            if (groups.Count == 0 || size + source.Text.Length > budget)
            {
                groups.Add([]);
                size = 0;
            }
            groups[^1].Add(source);
            size += source.Text.Length;
        }
        return groups;
    }
}
