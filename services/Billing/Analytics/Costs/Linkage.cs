using LLMoin.Billing.Analytics.Release;

namespace LLMoin.Billing.Analytics.Costs;

/// <summary>
/// What two breakdowns of the same figures tell together: tokens by model have prices, so a department's cost less that of atoms which it alone used is
/// what its people did besides. Every set that can be reckoned so is a union of groups less the atoms that lie in it as a whole; the same
/// sets come out when it is done the other way round, by complements.
/// </summary>
internal static class Linkage
{
    /// <summary>With more groups only single ones, pairs, and all but those are looked at.</summary>
    private const int MostForAllSets = 12;

    /// <param name="atoms">Of each atom: its people by group; groups that have none in it are absent.</param>
    /// <param name="groups">How many groups there are, at most 128; numbered from 0.</param>
    /// <returns>The groups that together give away too few people; null where none do.</returns>
    public static IReadOnlyList<int>? FindLeak(IReadOnlyList<IReadOnlyDictionary<int, Crowd>> atoms, int groups)
    {
        var masks = atoms.Select(atom => atom.Keys.Aggregate(UInt128.Zero, (mask, group) => mask | UInt128.One << group)).ToArray();
        foreach (var set in Sets(groups))
        {
            Crowd? besides = null;
            for (var atom = 0; atom < masks.Length && besides?.IsEnough != true; atom++)
            {
                // An atom that lies in the set as a whole is known by itself; one beside it tells nothing of the set.
                if ((masks[atom] & ~set) == 0 || (masks[atom] & set) == 0)
                    continue;
                foreach (var (group, crowd) in atoms[atom])
                    if ((set >> group & 1) == 1)
                        besides = besides?.With(crowd) ?? crowd;
            }

            if (besides?.IsEnough == false)
                return [.. Enumerable.Range(0, groups).Where(group => (set >> group & 1) == 1)];
        }

        return null;
    }

    private static IEnumerable<UInt128> Sets(int groups)
    {
        var all = groups == 128 ? UInt128.MaxValue : (UInt128.One << groups) - 1;
        if (groups <= MostForAllSets)
        {
            for (var set = UInt128.One; set <= all; set++)
                yield return set;
            yield break;
        }

        for (var one = 0; one < groups; one++)
        {
            for (var other = one; other < groups; other++)
            {
                var set = UInt128.One << one | UInt128.One << other;
                yield return set;
                yield return all & ~set;
            }
        }
    }
}
