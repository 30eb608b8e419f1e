using LLMoin.Chat.Functions.Citing;
using LLMoin.Chat.Sources;

namespace LLMoin.Chat.Functions.Research;

/// <summary>What research has found so far: passages, each once, and what they say to each part of the question.</summary>
internal sealed class Findings
{
    private readonly List<FoundPassage> _passages = [];
    private readonly Dictionary<(Guid, int), int> _places = [];

    public IReadOnlyList<FoundPassage> Passages => _passages;

    /// <returns>Their places, from 0.</returns>
    public IReadOnlyList<int> Add(IReadOnlyList<FoundPassage> found)
    {
        List<int> places = [];
        foreach (var passage in found)
        {
            if (!_places.TryGetValue((passage.DocumentId, passage.Start), out var place))
            {
                place = _places[(passage.DocumentId, passage.Start)] = _passages.Count;
                _passages.Add(passage);
            }
            places.Add(place);
        }
        return places;
    }
}

/// <summary>A part of the question and what was found to it.</summary>
/// <param name="Question">As it was asked or taken apart.</param>
/// <param name="Statements">With their passages; none, and nothing was found.</param>
/// <param name="Searched">The words that were searched for.</param>
internal sealed record Finding(string Question, IReadOnlyList<Statement> Statements, IReadOnlyList<string> Searched)
{
    public bool IsFound => Statements.Count > 0;
}
