namespace LLMoin.Inference.Templates.Jinja;

/// <summary>
/// Cuts a template into text and tags, with the whitespace rules that chat templates are written for: <c>trim_blocks</c> (the line
/// break after a block tag is dropped) and <c>lstrip_blocks</c> (so is the indentation before it), <c>-</c> and <c>+</c> at a tag's ends,
/// no line break at the end of the file. Source: Jinja 3.1, Template Designer Documentation, "Whitespace Control".
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _line = 1;
    private int _lineCountedTo;

    private Lexer(string source) => _source = source;

    /// <exception cref="JinjaException">Not closed somewhere, or an unknown character.</exception>
    public static IReadOnlyList<Token> Read(string template)
    {
        var source = template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new Lexer(source.EndsWith('\n') ? source[..^1] : source);
        while (lexer._position < lexer._source.Length)
            lexer.ReadTextAndTag();
        lexer.Add(TokenKind.End, "");
        return lexer._tokens;
    }

    private void ReadTextAndTag()
    {
        var begin = _position;
        var open = FindTag(begin);
        if (open < 0)
        {
            Add(TokenKind.Text, _source[begin..]);
            _position = _source.Length;
            return;
        }
        var kind = _source[open + 1];
        var sign = open + 2 < _source.Length ? _source[open + 2] : '\0';
        AddText(Trimmed(begin, open, kind, sign));
        _position = open + (sign is '-' or '+' ? 3 : 2);
        switch (kind)
        {
            case '#':
                SkipComment();
                break;
            case '%' when TryReadRaw():
                break;
            default:
                ReadTag(kind);
                break;
        }
    }

    private int FindTag(int from)
    {
        for (var at = _source.IndexOf('{', from); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#')
                return at;
        }
        return -1;
    }

    /// <summary>The text before a tag, without what the tag strips of it.</summary>
    private string Trimmed(int begin, int open, char kind, char sign)
    {
        var text = _source[begin..open];
        if (sign == '-')
            return text.TrimEnd();
        if (sign == '+' || kind == '{')
            return text;
        var line = text.LastIndexOf('\n') + 1;
        var startsLine = line > 0 || begin == 0 || _source[begin - 1] == '\n';
        return startsLine && string.IsNullOrWhiteSpace(text[line..]) ? text[..line] : text;
    }

    private void SkipComment()
    {
        var close = _source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (close < 0)
            throw Error("a comment is not closed");
        var sign = close > _position ? _source[close - 1] : '\0';
        _position = close + 2;
        TrimAfterTag(sign, true);
    }

    private void ReadTag(char kind)
    {
        Add(kind == '{' ? TokenKind.VariableBegin : TokenKind.BlockBegin, "");
        var expression = new ExpressionLexer(_source, _position, kind == '{' ? "}}" : "%}");
        while (expression.Next() is var (token, text))
        {
            _position = expression.Position;
            Add(token, text);
        }
        _position = expression.Position;
        Add(kind == '{' ? TokenKind.VariableEnd : TokenKind.BlockEnd, "");
        TrimAfterTag(expression.ClosingSign, kind == '%');
    }

    /// <summary><c>{% raw %}</c> and the text up to <c>{% endraw %}</c>.</summary>
    private bool TryReadRaw()
    {
        if (!TryReadBareTag("raw", _position, out var textBegin, out var sign))
            return false;
        _position = textBegin;
        TrimAfterTag(sign, true);
        for (var open = NextBlock(_position); open >= 0; open = NextBlock(open + 2))
        {
            var opening = open + 2 < _source.Length ? _source[open + 2] : '\0';
            if (!TryReadBareTag("endraw", open + (opening is '-' or '+' ? 3 : 2), out var after, out sign))
                continue;
            AddText(Trimmed(_position, open, '%', opening));
            _position = after;
            TrimAfterTag(sign, true);
            return true;
        }
        throw Error("a raw block is not closed");
    }

    private int NextBlock(int from) => _source.IndexOf("{%", from, StringComparison.Ordinal);

    private bool TryReadBareTag(string name, int from, out int after, out char sign)
    {
        (after, sign) = (from, '\0');
        var close = _source.IndexOf("%}", from, StringComparison.Ordinal);
        if (close < 0)
            return false;
        var inside = _source.AsSpan(from, close - from);
        if (inside.Length > 0 && inside[^1] is '-' or '+')
        {
            sign = inside[^1];
            inside = inside[..^1];
        }
        after = close + 2;
        return inside.Trim().SequenceEqual(name);
    }

    private void TrimAfterTag(char sign, bool block)
    {
        if (sign == '-')
        {
            while (_position < _source.Length && char.IsWhiteSpace(_source[_position]))
                _position++;
        }
        else if (block && sign != '+' && _position < _source.Length && _source[_position] == '\n')
        {
            _position++;
        }
    }

    private void AddText(string text)
    {
        if (text.Length > 0)
            Add(TokenKind.Text, text);
    }

    private void Add(TokenKind kind, string text)
    {
        _line += _source.AsSpan(_lineCountedTo, _position - _lineCountedTo).Count('\n');
        _lineCountedTo = _position;
        _tokens.Add(new Token(kind, text, _line));
    }

    private JinjaException Error(string what) => new($"line {_line}: {what}");
}
