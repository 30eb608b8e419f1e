namespace LLMoin.UnitTests.Inference.Structured.Gbnf;

/// <summary>
/// Tells whether a text matches, character by character over the set of stacks that are possible so far, as llama.cpp does.
/// </summary>
internal sealed class GbnfMatcher(GbnfGrammar grammar)
{
    private static readonly Place End = new(0, 0, 0, null);

    private readonly Dictionary<Place, Place> _places = [];

    /// <summary>Most stacks that were possible at once: what each token costs.</summary>
    public int MostStacks { get; private set; }

    public bool Accepts(string text)
    {
        var stacks = new HashSet<Place>();
        Enter(0, End, stacks, []);
        foreach (var rune in text.EnumerateRunes())
        {
            var next = new HashSet<Place>();
            var seen = new HashSet<Place>();
            foreach (var place in stacks)
                if (place != End && Symbol(place)!.Matches(rune.Value))
                    Settle(At(place.Rule, place.Alternative, place.Position + 1, place.Then), next, seen);
            stacks = next;
            MostStacks = Math.Max(MostStacks, stacks.Count);
        }
        return stacks.Contains(End);
    }

    /// <summary>Goes on to the next characters, into rules and out of those that have ended.</summary>
    private void Settle(Place place, HashSet<Place> stacks, HashSet<Place> seen)
    {
        if (!seen.Add(place))
            return;
        if (place == End)
            stacks.Add(place);
        else if (Symbol(place) is not { } symbol)
            Settle(place.Then!, stacks, seen);
        else if (symbol.Rule is { } rule)
            Enter(rule, At(place.Rule, place.Alternative, place.Position + 1, place.Then), stacks, seen);
        else
            stacks.Add(place);
    }

    private void Enter(int rule, Place then, HashSet<Place> stacks, HashSet<Place> seen)
    {
        // A rule at its end is left at once, so that repetitions keep the stack as it is.
        while (then != End && Symbol(then) is null)
            then = then.Then!;
        for (var alternative = 0; alternative < grammar.Rules[rule].Alternatives.Count; alternative++)
            Settle(At(rule, alternative, 0, then), stacks, seen);
    }

    private GbnfSymbol? Symbol(Place place)
    {
        var symbols = grammar.Rules[place.Rule].Alternatives[place.Alternative];
        return place.Position < symbols.Count ? symbols[place.Position] : null;
    }

    /// <summary>The one object for a place, so that stacks compare in no time.</summary>
    private Place At(int rule, int alternative, int position, Place? then)
    {
        var place = new Place(rule, alternative, position, then);
        if (_places.TryGetValue(place, out var known))
            return known;
        _places.Add(place, place);
        return place;
    }

    private sealed class Place(int rule, int alternative, int position, Place? then) : IEquatable<Place>
    {
        public int Rule => rule;

        public int Alternative => alternative;

        public int Position => position;

        public Place? Then => then;

        public bool Equals(Place? other)
            => other is not null && (rule, alternative, position) == (other.Rule, other.Alternative, other.Position) && ReferenceEquals(then, other.Then);

        public override bool Equals(object? obj) => Equals(obj as Place);

        public override int GetHashCode() => HashCode.Combine(rule, alternative, position, then is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(then));
    }
}
