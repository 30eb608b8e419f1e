using System.Text;

namespace LLMoin.Inference.Structured.Patterns;

/// <summary>
/// Reads the part of ECMAScript's regular expressions (ECMA-262, section 22.2) that grammars can express: characters, classes, groups,
/// alternatives and repetitions, between <c>^</c> and <c>$</c>. Look-around, back references, word borders and Unicode properties are
/// refused.
/// </summary>
internal sealed class PatternParser
{
    private const int MostCharacters = 1_000;
    private const int MostDepth = 30;

    private readonly string _pattern;
    private readonly Func<string, Exception> _refuse;
    private int _position;
    private int _depth;

    private PatternParser(string pattern, Func<string, Exception> refuse) => (_pattern, _refuse) = (pattern, refuse);

    private char Next => _position < _pattern.Length ? _pattern[_position] : '\0';

    /// <param name="pattern">An anchored expression.</param>
    /// <param name="refuse">Makes the exception from what is wrong, in words that follow a colon.</param>
    public static PatternNode Parse(string pattern, Func<string, Exception> refuse)
    {
        if (pattern.Length > MostCharacters)
            throw refuse($"it has more than {MostCharacters} characters");
        var parser = new PatternParser(pattern, refuse);
        var node = parser.Choice(anchored: true);
        return parser._position == pattern.Length ? node : throw refuse("a bracket closes that was not opened");
    }

    private PatternNode Choice(bool anchored)
    {
        if (++_depth > MostDepth)
            throw _refuse("its groups are nested too deeply");
        var alternatives = new List<PatternNode>();
        do
        {
            if (anchored && !Take('^'))
                throw _refuse("every alternative must start with ^ and end with $");
            alternatives.Add(Sequence());
            if (anchored && !Take('$'))
                throw _refuse("every alternative must start with ^ and end with $");
        }
        while (Take('|'));
        _depth--;
        return alternatives.Count == 1 ? alternatives[0] : new AnyOf(alternatives);
    }

    private InOrder Sequence()
    {
        var nodes = new List<PatternNode>();
        while (_position < _pattern.Length && Next is not ('|' or ')' or '$'))
            nodes.Add(Quantified(Atom()));
        return new InOrder(nodes);
    }

    private PatternNode Atom()
    {
        switch (Next)
        {
            case '(':
                _position++;
                if (Take('?') && !Take(':'))
                    throw _refuse("of the groups (? only (?: is");
                var group = Choice(anchored: false);
                return Take(')') ? group : throw _refuse("a bracket is not closed, or an anchor stands inside one");
            case '[':
                return new OneOf(Class());
            case '.':
                _position++;
                return new OneOf(CharacterSet.LineEnds.Complement());
            case '\\':
                _position++;
                return new OneOf(Escape());
            case '^' or '*' or '+' or '?' or '{' or '}' or ']':
                throw _refuse($"'{Next}' stands where nothing is to be repeated or closed");
            default:
                return new OneOf(CharacterSet.Of(Character()));
        }
    }

    private PatternNode Quantified(PatternNode node)
    {
        int from;
        int? to;
        switch (Next)
        {
            case '*':
                (from, to) = (0, null);
                break;
            case '+':
                (from, to) = (1, null);
                break;
            case '?':
                (from, to) = (0, 1);
                break;
            case '{':
                (from, to) = Counts();
                break;
            default:
                return node;
        }
        _position++;
        // A lazy quantifier matches the same texts.
        Take('?');
        if (Next is '*' or '+' or '{')
            throw _refuse("a repetition is itself repeated");
        if (node.Least == 0 && to is not (0 or 1))
            throw _refuse("it repeats what may be empty");
        return new Repeated(node, from, to);
    }

    /// <summary>Reads <c>{m}</c>, <c>{m,}</c> or <c>{m,n}</c> up to its closing bracket.</summary>
    private (int From, int? To) Counts()
    {
        var end = _pattern.IndexOf('}', _position);
        var counts = end < 0 ? [] : _pattern[(_position + 1)..end].Split(',');
        if (counts.Length is 1 or 2 && Count(counts[0]) is { } from)
        {
            _position = end;
            if (counts.Length == 1)
                return (from, from);
            if (counts[1].Length == 0)
                return (from, null);
            if (Count(counts[1]) is { } to && to >= from)
                return (from, to);
        }
        throw _refuse("a repetition {m,n} is malformed");
    }

    private static int? Count(string digits) => digits.Length is > 0 and < 8 && digits.All(char.IsAsciiDigit) ? int.Parse(digits, null) : null;

    private CharacterSet Class()
    {
        _position++;
        var negated = Take('^');
        var set = new CharacterSet();
        while (!Take(']'))
        {
            if (_position >= _pattern.Length)
                throw _refuse("a class [ is not closed");
            var member = ClassMember();
            if (Next == '-' && _position + 1 < _pattern.Length && _pattern[_position + 1] != ']')
            {
                _position++;
                member = Range(member, ClassMember());
            }
            set = set.With(member);
        }
        return negated ? set.Complement() : set;
    }

    private CharacterSet ClassMember() => Take('\\') ? Escape() : CharacterSet.Of(Character());

    private CharacterSet Range(CharacterSet from, CharacterSet to)
        => from.Single is { } first && to.Single is { } last && first <= last
            ? new CharacterSet((first, last))
            : throw _refuse("a range in a class is malformed");

    private CharacterSet Escape()
    {
        var escaped = Next;
        _position++;
        return escaped switch
        {
            'd' => CharacterSet.Digits,
            'D' => CharacterSet.Digits.Complement(),
            'w' => CharacterSet.Word,
            'W' => CharacterSet.Word.Complement(),
            's' => CharacterSet.Space,
            'S' => CharacterSet.Space.Complement(),
            'n' => CharacterSet.Of('\n'),
            'r' => CharacterSet.Of('\r'),
            't' => CharacterSet.Of('\t'),
            'x' => CharacterSet.Of(Hex(2)),
            'u' => CharacterSet.Of(Hex(4)),
            not '\0' when !char.IsAsciiLetterOrDigit(escaped) && !char.IsSurrogate(escaped) => CharacterSet.Of(escaped),
            _ => throw _refuse(escaped == '\0' ? "it ends in a backslash" : $"the escape \\{escaped} is unknown"),
        };
    }

    private int Hex(int digits)
    {
        if (_position + digits > _pattern.Length
            || !int.TryParse(_pattern.AsSpan(_position, digits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value)
            || !Rune.IsValid(value))
            throw _refuse("an escape has too few hexadecimal digits or is no character");
        _position += digits;
        return value;
    }

    /// <summary>One code point.</summary>
    private int Character()
    {
        if (!Rune.TryGetRuneAt(_pattern, _position, out var rune))
            throw _refuse("it has half a surrogate pair");
        _position += rune.Utf16SequenceLength;
        return rune.Value;
    }

    private bool Take(char expected)
    {
        if (_position >= _pattern.Length || Next != expected)
            return false;
        _position++;
        return true;
    }
}
