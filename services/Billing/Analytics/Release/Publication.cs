namespace LLMoin.Billing.Analytics.Release;

/// <summary>
/// Decides what may be told. It divides all cells of a month into atoms, each about enough people, and everything that is ever told is a sum of whole
/// atoms: whatever is added to or subtracted from whatever, only whole atoms come out (cell suppression made so that secondary suppression is
/// not needed; the problem: L. Willenborg and T. de Waal, "Elements of Statistical Disclosure Control", 2001, ch. 5). Pure, and steady: from the
/// same settled days come the same atoms, and a later day adds some and changes none, as a difference between two answers would be about
/// the people who made it.
/// </summary>
/// <remarks>
/// A day with enough people is an atom. Days with fewer wait until together they have enough. The last atom of each category is held back until the
/// month is over: what is still waiting then joins it. Categories that never had enough become the rest; where that has too few as well, it
/// takes in a held-back atom. So a month that is over is told whole, for each scope, or not at all.
/// </remarks>
internal static class Publication
{
    /// <param name="month">Settled cells of one month.</param>
    /// <param name="isOver">Whether nothing can be added to the month any more.</param>
    public static IReadOnlyList<Atom> Of(IEnumerable<Cell> month, bool isOver)
        => [.. month.GroupBy(cell => cell.Scope).OrderBy(scope => scope.Key, StringComparer.Ordinal).SelectMany(scope => OfScope(scope, isOver))];

    private static IEnumerable<Atom> OfScope(IGrouping<string, Cell> scope, bool isOver)
    {
        var streams = scope.GroupBy(cell => cell.Category).OrderBy(category => category.Key, StringComparer.Ordinal).Select(Stream.Of).ToList();
        var rest = new List<Cell>();
        if (!isOver)
        {
            foreach (var stream in streams.Where(stream => stream.Enough.Count > 0))
                stream.Enough.RemoveAt(stream.Enough.Count - 1);
        }
        else
        {
            foreach (var stream in streams)
                (stream.Enough is [.., var last] ? last : rest).AddRange(stream.Waiting);
            if (rest.Count > 0 && !IsEnough(rest))
            {
                // Nobody has enough: then nothing is told.
                if (streams.Where(stream => stream.Enough.Count > 0).MinBy(stream => stream.Enough.Count) is not { } lender)
                    return [];
                rest.AddRange(lender.Enough[^1]);
                lender.Enough.RemoveAt(lender.Enough.Count - 1);
            }
        }

        var atoms = streams.SelectMany(stream => stream.Enough.Select(cells => new Atom(scope.Key, stream.Category, cells)));
        return rest.Count == 0 ? atoms : atoms.Append(new Atom(scope.Key, null, rest));
    }

    private static bool IsEnough(IEnumerable<Cell> cells) => cells.Select(cell => cell.Crowd).Aggregate((all, next) => all.With(next)).IsEnough;

    /// <param name="Category">Whose days these are.</param>
    /// <param name="Enough">Groups of cells, each about enough people, in the order in which they became so.</param>
    /// <param name="Waiting">Cells that together are about too few.</param>
    private sealed record Stream(string Category, List<List<Cell>> Enough, List<Cell> Waiting)
    {
        public static Stream Of(IGrouping<string, Cell> category)
        {
            var stream = new Stream(category.Key, [], []);
            foreach (var cell in category.OrderBy(cell => cell.Day))
                stream.Add(cell);
            return stream;
        }

        private void Add(Cell cell)
        {
            if (cell.Crowd.IsEnough)
            {
                Enough.Add([cell]);
                return;
            }

            Waiting.Add(cell);
            if (!IsEnough(Waiting))
                return;
            Enough.Add([.. Waiting]);
            Waiting.Clear();
        }
    }
}
