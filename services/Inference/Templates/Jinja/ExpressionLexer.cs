using System.Globalization;
using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Reads the tokens inside one tag, up to and with its end.</summary>
internal sealed class ExpressionLexer(string source, int position, string close)
{
    private static readonly string[] Operators =
        ["**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ",", ":", "|", "(", ")", "[", "]", "{", "}"];

    private int _open;

    public int Position { get; private set; } = position;

    /// <summary><c>-</c> or <c>+</c> before the tag's end.</summary>
    public char ClosingSign { get; private set; }

    /// <summary>The next token, or null when the tag has ended.</summary>
    public (TokenKind Kind, string Text)? Next()
    {
        while (Position < source.Length && char.IsWhiteSpace(source[Position]))
            Position++;
        if (Position >= source.Length)
            throw new JinjaException("the last tag is not closed");
        // Inside brackets "}}" closes two mappings.
        if (_open == 0 && AtEnd())
            return null;
        var first = source[Position];
        if (first is '\'' or '"')
            return (TokenKind.String, ReadString(first));
        if (char.IsAsciiDigit(first))
            return ReadNumber();
        if (char.IsLetter(first) || first == '_')
            return (TokenKind.Name, ReadWhile(c => char.IsLetterOrDigit(c) || c == '_'));
        return (TokenKind.Operator, ReadOperator());
    }

    private bool AtEnd()
    {
        var rest = source.AsSpan(Position);
        if (rest.StartsWith(close, StringComparison.Ordinal))
        {
            Position += 2;
            return true;
        }
        if (rest[0] is not ('-' or '+') || !rest[1..].StartsWith(close, StringComparison.Ordinal))
            return false;
        ClosingSign = rest[0];
        Position += 3;
        return true;
    }

    private string ReadOperator()
    {
        var rest = source.AsSpan(Position);
        foreach (var candidate in Operators)
        {
            if (!rest.StartsWith(candidate, StringComparison.Ordinal))
                continue;
            _open += candidate is "(" or "[" or "{" ? 1 : candidate is ")" or "]" or "}" ? -1 : 0;
            Position += candidate.Length;
            return candidate;
        }
        throw new JinjaException($"an expression cannot contain U+{(int)rest[0]:X4}");
    }

    private (TokenKind Kind, string Text) ReadNumber()
    {
        var begin = Position;
        // In "a.0.b" the 0 is an index of its own.
        var isIndex = begin > 0 && source[begin - 1] == '.';
        ReadWhile(c => char.IsAsciiDigit(c) || c == '_');
        var isFloat = false;
        if (!isIndex && Position + 1 < source.Length && source[Position] == '.' && char.IsAsciiDigit(source[Position + 1]))
        {
            isFloat = true;
            Position++;
            ReadWhile(c => char.IsAsciiDigit(c) || c == '_');
        }
        if (!isIndex && Position < source.Length && source[Position] is 'e' or 'E')
        {
            isFloat = true;
            Position++;
            if (Position < source.Length && source[Position] is '-' or '+')
                Position++;
            ReadWhile(char.IsAsciiDigit);
        }
        return (isFloat ? TokenKind.Float : TokenKind.Integer, source[begin..Position].Replace("_", "", StringComparison.Ordinal));
    }

    private string ReadWhile(Func<char, bool> belongs)
    {
        var begin = Position;
        while (Position < source.Length && belongs(source[Position]))
            Position++;
        return source[begin..Position];
    }

    private string ReadString(char quote)
    {
        var text = new StringBuilder();
        for (Position++; Position < source.Length; Position++)
        {
            var character = source[Position];
            if (character == quote)
            {
                Position++;
                return text.ToString();
            }
            if (character == '\\' && Position + 1 < source.Length)
                ReadEscape(text);
            else
                text.Append(character);
        }
        throw new JinjaException("a string is not closed");
    }

    /// <summary>Python's escapes; an unknown one stays as it is written.</summary>
    private void ReadEscape(StringBuilder text)
    {
        var code = source[++Position];
        var simple = "\\'\"abfnrtv0".IndexOf(code, StringComparison.Ordinal);
        var digits = code switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (simple >= 0)
        {
            text.Append("\\'\"\a\b\f\n\r\t\v\0"[simple]);
        }
        else if (digits > 0 && Position + digits < source.Length
            && int.TryParse(source.AsSpan(Position + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rune)
            && (digits < 8 || Rune.IsValid(rune)))
        {
            text.Append(digits < 8 ? ((char)rune).ToString() : new Rune(rune).ToString());
            Position += digits;
        }
        else if (code != '\n')
        {
            text.Append('\\').Append(code);
        }
    }
}
