using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Patterns;

/// <summary>A set of Unicode code points, as ranges in order that neither overlap nor touch.</summary>
internal sealed class CharacterSet
{
    private const int Last = 0x10FFFF;

    private readonly (int First, int Last)[] _ranges;

    public CharacterSet(params IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.Order())
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        _ranges = [.. merged];
    }

    public static CharacterSet Digits { get; } = new(('0', '9'));

    public static CharacterSet Word { get; } = new(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>White space and line ends of ECMAScript (ECMA-262, sections 12.2 and 12.3).</summary>
    public static CharacterSet Space { get; } = new(
        (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
        (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    public static CharacterSet LineEnds { get; } = new(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029));

    /// <summary>What a JSON text must escape: quote, backslash and control characters (RFC 8259); and delete.</summary>
    public static CharacterSet EscapedInJson { get; } = new((0x00, 0x1F), ('"', '"'), ('\\', '\\'), (0x7F, 0x7F));

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The only member; null where there are none or several.</summary>
    public int? Single => _ranges is [var (first, last)] && first == last ? first : null;

    public static CharacterSet Of(int codePoint) => new((codePoint, codePoint));

    public bool Contains(int codePoint) => _ranges.Any(range => range.First <= codePoint && codePoint <= range.Last);

    public CharacterSet With(CharacterSet other) => new([.. _ranges, .. other._ranges]);

    public CharacterSet Complement()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next)
                gaps.Add((next, first - 1));
            next = last + 1;
        }
        if (next <= Last)
            gaps.Add((next, Last));
        return new CharacterSet(gaps);
    }

    public CharacterSet Without(CharacterSet other) => Complement().With(other).Complement();

    /// <summary>A character class.</summary>
    public string ToGbnf()
        => $"[{string.Concat(_ranges.Select(range => range.First == range.Last
            ? GbnfText.InClass(range.First)
            : $"{GbnfText.InClass(range.First)}-{GbnfText.InClass(range.Last)}"))}]";
}
