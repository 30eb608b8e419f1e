using System.Globalization;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Operands: literals, variables and parentheses, and the accesses and calls behind them.</summary>
internal sealed class OperandParser(TokenStream tokens, ExpressionParser expressions)
{
    public Expression Parse() => ParseAccesses(ParsePrimary());

    public ArgumentList ParseArguments()
    {
        var arguments = new List<Argument>();
        while (!tokens.TryTakeOperator(")"))
        {
            if (arguments.Count > 0)
                tokens.ExpectOperator(",");
            if (tokens.TryTakeOperator(")"))
                break;
            if (tokens.TryTakeOperator("*") || tokens.TryTakeOperator("**"))
                arguments.Add(new Argument(null, expressions.Parse(), true));
            else if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead is { Kind: TokenKind.Operator, Text: "=" })
                arguments.Add(new Argument(TakeNameBeforeEquals(), expressions.Parse()));
            else
                arguments.Add(new Argument(null, expressions.Parse()));
        }
        return new ArgumentList(arguments);
    }

    private string TakeNameBeforeEquals()
    {
        var name = tokens.Take().Text;
        tokens.ExpectOperator("=");
        return name;
    }

    private Expression ParsePrimary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Take();
                return token.Text switch
                {
                    "true" or "True" => new Literal(true),
                    "false" or "False" => new Literal(false),
                    "none" or "None" => new Literal(null),
                    _ => new Variable(token.Text),
                };
            case TokenKind.String:
                return ParseStrings();
            case TokenKind.Integer when long.TryParse(token.Text, CultureInfo.InvariantCulture, out var integer):
                tokens.Take();
                return new Literal(integer);
            case TokenKind.Float when double.TryParse(token.Text, CultureInfo.InvariantCulture, out var number):
                tokens.Take();
                return new Literal(number);
            case TokenKind.Operator when tokens.TryTakeOperator("("):
                return ParseParenthesis();
            case TokenKind.Operator when tokens.TryTakeOperator("["):
                return new ListLiteral(ParseUntil("]", () => expressions.Parse()));
            case TokenKind.Operator when tokens.TryTakeOperator("{"):
                return new MapLiteral(ParseUntil("}", ParseEntry));
            default:
                throw tokens.Unexpected("a value");
        }
    }

    /// <summary>Strings in a row are one.</summary>
    private Literal ParseStrings()
    {
        var text = "";
        while (tokens.Current.Kind == TokenKind.String)
            text += tokens.Take().Text;
        return new Literal(text);
    }

    private Expression ParseParenthesis()
    {
        if (tokens.TryTakeOperator(")"))
            return new ListLiteral([]);
        var inside = expressions.ParseList();
        tokens.ExpectOperator(")");
        return inside;
    }

    private (Expression, Expression) ParseEntry()
    {
        var key = expressions.Parse();
        tokens.ExpectOperator(":");
        return (key, expressions.Parse());
    }

    private List<T> ParseUntil<T>(string close, Func<T> parse)
    {
        var items = new List<T>();
        while (!tokens.TryTakeOperator(close))
        {
            items.Add(parse());
            if (!tokens.IsOperator(close))
                tokens.ExpectOperator(",");
        }
        return items;
    }

    private Expression ParseAccesses(Expression owner)
    {
        while (true)
        {
            if (tokens.TryTakeOperator("."))
                owner = new AttributeAccess(owner, TakeAttribute());
            else if (tokens.TryTakeOperator("["))
                owner = ParseSubscript(owner);
            else if (tokens.TryTakeOperator("("))
                owner = new Call(owner, ParseArguments());
            else
                return owner;
        }
    }

    private string TakeAttribute()
        => tokens.Current.Kind is TokenKind.Name or TokenKind.Integer ? tokens.Take().Text : throw tokens.Unexpected("a name");

    private Expression ParseSubscript(Expression owner)
    {
        Expression? Bound() => tokens.IsOperator(":") || tokens.IsOperator("]") ? null : expressions.Parse();
        var from = Bound();
        if (from is not null && tokens.TryTakeOperator("]"))
            return new Subscript(owner, from);
        tokens.ExpectOperator(":");
        var to = Bound();
        var step = tokens.TryTakeOperator(":") ? Bound() : null;
        tokens.ExpectOperator("]");
        return new Slice(owner, from, to, step);
    }
}
