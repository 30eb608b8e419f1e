namespace LLMoin.Inference.Structured.Patterns;

/// <summary>A regular expression, taken apart.</summary>
/// <param name="Least">Characters of its shortest match.</param>
/// <param name="Most">Characters of its longest match; null without limit.</param>
internal abstract record PatternNode(int Least, int? Most);

internal sealed record OneOf(CharacterSet Characters) : PatternNode(1, 1);

internal sealed record InOrder(IReadOnlyList<PatternNode> Nodes)
    : PatternNode(Lengths.Sum(Nodes.Select(node => node.Least)), Lengths.Sum(Nodes.Select(node => node.Most)));

internal sealed record AnyOf(IReadOnlyList<PatternNode> Nodes)
    : PatternNode(Nodes.Min(node => node.Least), Nodes.Any(node => node.Most is null) ? null : Nodes.Max(node => node.Most));

/// <param name="Node">What is repeated.</param>
/// <param name="From">Fewest times.</param>
/// <param name="To">Most times; null without limit.</param>
internal sealed record Repeated(PatternNode Node, int From, int? To)
    : PatternNode(Lengths.Product(Node.Least, From)!.Value, Node.Most == 0 ? 0 : Lengths.Product(Node.Most, To));

/// <summary>Sums and products that stop at the largest number instead of starting over.</summary>
internal static class Lengths
{
    public static int Sum(IEnumerable<int> lengths) => lengths.Aggregate(0, (sum, length) => (int)Math.Min((long)sum + length, int.MaxValue));

    public static int? Sum(IEnumerable<int?> lengths)
        => lengths.Aggregate((int?)0, (sum, length) => sum is null || length is null ? null : Sum([sum.Value, length.Value]));

    public static int? Product(int? length, int? times)
        => length is null || times is null ? null : (int)Math.Min((long)length.Value * times.Value, int.MaxValue);
}
