using System.Globalization;
using System.Text;

namespace LLMoin.UnitTests.Inference.Structured.Gbnf;

/// <summary>Reads GBNF with the strictness and the limits of llama.cpp's own parser; <see cref="FormatException"/> where that refuses.</summary>
internal sealed class GbnfParser
{
    private const int MostRepeatedRules = 2000;

    private readonly string _text;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<GbnfRule?> _rules = [];
    private int _position;

    private GbnfParser(string text) => _text = text;

    private char Next => _position < _text.Length ? _text[_position] : '\0';

    public static GbnfGrammar Parse(string text)
    {
        var parser = new GbnfParser(text);
        parser.Number("root");
        parser.Blank(lines: true);
        while (parser.Next != '\0')
            parser.Rule();
        var missing = parser._numbers.FirstOrDefault(rule => parser._rules[rule.Value] is null).Key;
        return missing is null ? new GbnfGrammar([.. parser._rules.Select(rule => rule!)]) : throw new FormatException($"The rule {missing} is missing.");
    }

    private void Rule()
    {
        var name = Name();
        Blank(lines: false);
        Expect("::=");
        Blank(lines: true);
        var number = Number(name);
        if (_rules[number] is not null)
            throw new FormatException($"The rule {name} is defined twice.");
        _rules[number] = new GbnfRule(name, Alternatives(name, nested: false));
        Expect("\n");
        Blank(lines: true);
    }

    private List<IReadOnlyList<GbnfSymbol>> Alternatives(string rule, bool nested)
    {
        var alternatives = new List<IReadOnlyList<GbnfSymbol>> { Sequence(rule, nested) };
        while (Next == '|')
        {
            _position++;
            Blank(lines: true);
            alternatives.Add(Sequence(rule, nested));
        }
        return alternatives;
    }

    private List<GbnfSymbol> Sequence(string rule, bool nested)
    {
        var symbols = new List<GbnfSymbol>();
        var last = 0;
        var weight = 1L;
        while (true)
        {
            if (Next is '*' or '+' or '?' or '{')
            {
                var (least, most) = Repetition();
                weight = Repeat(symbols, last, rule, least, most, weight);
            }
            else if (Next == '"' || Next == '[' || Next == '(' || IsName(Next))
            {
                (last, weight) = (symbols.Count, 1);
                var before = _rules.Count;
                symbols.AddRange(Item(rule));
                if (_text[_position - 1] == ')')
                    weight = Math.Max(1, _rules.Count - before);
            }
            else
            {
                return symbols;
            }
            Blank(nested);
        }
    }

    private IEnumerable<GbnfSymbol> Item(string rule) => Next switch
    {
        '"' => Literal(),
        '[' => [Class()],
        '(' => [Group(rule)],
        _ => [new GbnfSymbol(Number(Name()), [], false)],
    };

    private GbnfSymbol Group(string rule)
    {
        _position++;
        Blank(lines: true);
        var number = NewRule();
        _rules[number] = new GbnfRule($"{rule}_{number}", Alternatives(rule, nested: true));
        Expect(")");
        return new GbnfSymbol(number, [], false);
    }

    private List<GbnfSymbol> Literal()
    {
        var symbols = new List<GbnfSymbol>();
        _position++;
        while (Next != '"')
            symbols.Add(new GbnfSymbol(null, [Single(Character())], false));
        _position++;
        return symbols;
    }

    private GbnfSymbol Class()
    {
        _position++;
        var negated = Next == '^';
        if (negated)
            _position++;
        var ranges = new List<(int, int)>();
        while (Next != ']')
        {
            var first = Character();
            if (Next == '-' && _text[_position + 1] != ']')
            {
                _position++;
                ranges.Add((first, Character()));
            }
            else
            {
                ranges.Add(Single(first));
            }
        }
        _position++;
        return ranges.Count > 0 ? new GbnfSymbol(null, ranges, negated) : throw new FormatException("A class is empty.");
    }

    private long Repeat(List<GbnfSymbol> symbols, int last, string rule, int least, int? most, long weight)
    {
        var repeated = symbols[last..];
        if (repeated.Count == 0)
            throw new FormatException($"Nothing is repeated in {rule}.");
        var times = most is > 0 ? most.Value : Math.Max(1, least);
        if (least > MostRepeatedRules || most > MostRepeatedRules || weight * times >= MostRepeatedRules)
            throw new FormatException($"Too many repetitions in {rule}.");

        symbols.RemoveRange(last, repeated.Count);
        for (var count = 0; count < least; count++)
            symbols.AddRange(repeated);
        GbnfSymbol? rest = null;
        for (var count = 0; count < (most is null ? 1 : most.Value - least); count++)
        {
            var number = NewRule();
            var self = new GbnfSymbol(number, [], false);
            IReadOnlyList<GbnfSymbol> again = most is null ? [.. repeated, self] : rest is null ? repeated : [.. repeated, rest];
            _rules[number] = new GbnfRule($"{rule}_{number}", [again, []]);
            rest = self;
        }
        if (rest is not null)
            symbols.Add(rest);
        return weight * times;
    }

    private (int Least, int? Most) Repetition()
    {
        switch (_text[_position++])
        {
            case '*':
                return (0, null);
            case '+':
                return (1, null);
            case '?':
                return (0, 1);
        }
        var end = _text.IndexOf('}', _position);
        var counts = _text[_position..end].Split(',');
        _position = end + 1;
        var least = int.Parse(counts[0], CultureInfo.InvariantCulture);
        return counts switch
        {
            [_] => (least, least),
            [_, ""] => (least, null),
            _ => (least, int.Parse(counts[1], CultureInfo.InvariantCulture)),
        };
    }

    private int Character()
    {
        if (Next != '\\')
        {
            var rune = Rune.GetRuneAt(_text, _position);
            _position += rune.Utf16SequenceLength;
            return rune.Value;
        }
        var escape = _text[_position + 1];
        _position += 2;
        return escape switch
        {
            'x' => Hex(2),
            'u' => Hex(4),
            'U' => Hex(8),
            't' => '\t',
            'r' => '\r',
            'n' => '\n',
            '\\' or '"' or '[' or ']' or '-' => escape,
            _ => throw new FormatException($"The escape \\{escape} is unknown."),
        };
    }

    private int Hex(int digits)
    {
        _position += digits;
        return int.Parse(_text.AsSpan(_position - digits, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private string Name()
    {
        var start = _position;
        while (IsName(Next))
            _position++;
        return _position > start ? _text[start.._position] : throw new FormatException($"A name is missing at {start}: {_text[start..]}");
    }

    private int Number(string name)
    {
        if (!_numbers.TryGetValue(name, out var number))
            _numbers.Add(name, number = NewRule());
        return number;
    }

    private int NewRule()
    {
        _rules.Add(null);
        return _rules.Count - 1;
    }

    private void Blank(bool lines)
    {
        while (Next is ' ' or '\t' || (lines && Next is '\r' or '\n'))
            _position++;
    }

    private void Expect(string expected)
    {
        if (string.CompareOrdinal(_text, _position, expected, 0, expected.Length) != 0)
            throw new FormatException($"{expected} is missing at {_position}: {_text[_position..Math.Min(_text.Length, _position + 40)]}");
        _position += expected.Length;
    }

    private static bool IsName(char character) => char.IsAsciiLetterOrDigit(character) || character == '-';

    private static (int, int) Single(int codePoint) => (codePoint, codePoint);
}
