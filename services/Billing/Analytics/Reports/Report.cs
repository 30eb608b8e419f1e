using LLMoin.Billing.Analytics.Periods;
using LLMoin.Billing.Analytics.Release;

namespace LLMoin.Billing.Analytics.Reports;

/// <summary>What was asked for.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Grouping">The calendar's unit.</param>
/// <param name="MinimumGroup">The fewest people about whom anything is told.</param>
internal sealed record Frame(DateOnly From, DateOnly To, Grouping Grouping, int MinimumGroup)
{
    public IReadOnlyList<Bucket> Buckets { get; } = Bucket.Within(Grouping, From, To);
}

/// <summary>Figures over time, in the shape of a chart.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Grouping"><c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="MinimumGroup">The fewest people about whom anything is told.</param>
/// <param name="SettledThrough">The last day that may be told; null where none is.</param>
/// <param name="Buckets">The whole days, weeks or months between.</param>
/// <param name="Series">By name; the nameless one last is the rest, which is too little to be told by name.</param>
/// <param name="Total">The sums of what the series show.</param>
internal sealed record Report<T>(
    DateOnly From, DateOnly To, string Grouping, int MinimumGroup, DateOnly? SettledThrough, IReadOnlyList<Bucket> Buckets, IReadOnlyList<Series<T>> Series, Series<T> Total);

/// <param name="Name">Of the function, the model … ; null for the rest.</param>
/// <param name="Overall">Over all buckets.</param>
/// <param name="Points">One for each bucket; null figures where nothing, or nothing about enough people, is in it.</param>
internal sealed record Series<T>(string? Name, T Overall, IReadOnlyList<T> Points);

internal static class Report
{
    /// <param name="frame">What was asked for.</param>
    /// <param name="tenant">What may be told.</param>
    /// <param name="figures">Makes figures of atoms, none among them too.</param>
    public static Report<T> Of<T>(Frame frame, TenantAtoms tenant, Func<IReadOnlyList<Atom>, T> figures)
    {
        var placed = tenant.Atoms.Select(atom => (Atom: atom, Place: Place(frame.Buckets, atom))).Where(one => one.Place >= 0).ToLookup(one => one.Place, one => one.Atom);
        var names = placed.SelectMany(bucket => bucket).Select(atom => atom.Category).Distinct().OrderBy(name => name is null).ThenBy(name => name, StringComparer.Ordinal);
        return new Report<T>(
            frame.From, frame.To, frame.Grouping.ToString().ToLowerInvariant(), frame.MinimumGroup,
            tenant.Settled.Before == DateOnly.MinValue ? null : tenant.Settled.Before.AddDays(-1), frame.Buckets,
            [.. names.Select(name => Series(name, atom => atom.Category == name))], Series(null, _ => true));

        Series<T> Series(string? name, Func<Atom, bool> counts)
        {
            var points = frame.Buckets.Select((_, place) => placed[place].Where(counts).ToList()).ToList();
            return new Series<T>(name, figures([.. points.SelectMany(atoms => atoms)]), [.. points.Select(figures)]);
        }
    }

    /// <returns>The bucket in which the atom lies as a whole; -1 where none does.</returns>
    private static int Place(IReadOnlyList<Bucket> buckets, Atom atom)
    {
        for (var place = 0; place < buckets.Count; place++)
            if (buckets[place].Holds(atom.Cells[0].Day))
                return atom.IsWithin(buckets[place]) ? place : -1;
        return -1;
    }
}
