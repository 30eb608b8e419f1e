namespace LLMoin.Inference.Templates.Jinja;

internal enum TokenKind
{
    Text,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    String,
    Integer,
    Float,
    Operator,
    End,
}

/// <param name="Text">Of a string its value, of anything else as it is written.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line);

/// <summary>Tokens with a place in them.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens)
{
    private int _next;

    public Token Current => tokens[_next];

    public Token Ahead => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    public Token Take() => tokens[_next < tokens.Count - 1 ? _next++ : _next];

    public bool Is(TokenKind kind, string text) => Current.Kind == kind && Current.Text == text;

    public bool IsOperator(string text) => Is(TokenKind.Operator, text);

    public bool IsName(string text) => Is(TokenKind.Name, text);

    public bool TryTakeOperator(string text) => TryTake(TokenKind.Operator, text);

    public bool TryTakeName(string text) => TryTake(TokenKind.Name, text);

    public void ExpectOperator(string text)
    {
        if (!TryTakeOperator(text))
            throw Unexpected($"'{text}'");
    }

    public Token Expect(TokenKind kind) => Current.Kind == kind ? Take() : throw Unexpected(kind.ToString());

    public JinjaException Unexpected(string wanted)
    {
        var found = Current.Kind is TokenKind.Operator or TokenKind.Name ? $"'{Current.Text}'" : Current.Kind.ToString();
        return new JinjaException($"line {Current.Line}: {wanted} is expected in place of {found}");
    }

    private bool TryTake(TokenKind kind, string text)
    {
        if (!Is(kind, text))
            return false;
        Take();
        return true;
    }
}
