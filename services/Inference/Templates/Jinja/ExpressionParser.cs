using System.Globalization;
using System.Runtime.CompilerServices;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>
/// Expressions, from the loosest binding to the tightest: conditional, <c>or</c>, <c>and</c>, <c>not</c>, comparisons, <c>+ -</c>,
/// <c>~</c>, <c>* / // %</c>, <c>**</c>, sign; after an operand calls, accesses, filters and tests.
/// </summary>
internal sealed class ExpressionParser(TokenStream tokens)
{
    private static readonly string[] Keywords = ["and", "or", "not", "if", "else", "in", "is"];

    /// <summary>One expression, or several separated by commas as a list.</summary>
    public Expression ParseList(bool withConditional = true)
    {
        var first = Parse(withConditional);
        if (!tokens.IsOperator(","))
            return first;
        var items = new List<Expression> { first };
        while (tokens.TryTakeOperator(",") && !AtEnd)
            items.Add(Parse(withConditional));
        return new ListLiteral(items);
    }

    /// <param name="withConditional">False where an <c>if</c> belongs to the statement around it.</param>
    public Expression Parse(bool withConditional = true)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var value = ParseOr();
        while (withConditional && tokens.TryTakeName("if"))
        {
            var condition = ParseOr();
            value = new Conditional(condition, value, tokens.TryTakeName("else") ? Parse() : null);
        }
        return value;
    }

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
                arguments.Add(new Argument(null, Parse(), true));
            else if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead is { Kind: TokenKind.Operator, Text: "=" })
                arguments.Add(new Argument(TakeNameBeforeEquals(), Parse()));
            else
                arguments.Add(new Argument(null, Parse()));
        }
        return new ArgumentList(arguments);
    }

    private bool AtEnd => tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || tokens.IsOperator(")");

    private string TakeNameBeforeEquals()
    {
        var name = tokens.Take().Text;
        tokens.ExpectOperator("=");
        return name;
    }

    private Expression ParseOr()
    {
        var left = ParseAnd();
        while (tokens.TryTakeName("or"))
            left = new Logical(false, left, ParseAnd());
        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseNot();
        while (tokens.TryTakeName("and"))
            left = new Logical(true, left, ParseNot());
        return left;
    }

    private Expression ParseNot()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return tokens.TryTakeName("not") ? new Not(ParseNot()) : ParseComparison();
    }

    private Expression ParseComparison()
    {
        var first = ParseBinary(0);
        var links = new List<(string, Expression)>();
        while (TakeComparison() is { } comparison)
            links.Add((comparison, ParseBinary(0)));
        return links.Count == 0 ? first : new Comparison(first, links);
    }

    private string? TakeComparison()
    {
        if (tokens.Current is { Kind: TokenKind.Operator, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" })
            return tokens.Take().Text;
        if (tokens.TryTakeName("in"))
            return "in";
        if (!tokens.IsName("not") || tokens.Ahead is not { Kind: TokenKind.Name, Text: "in" })
            return null;
        tokens.Take();
        tokens.Take();
        return "not in";
    }

    private static readonly string[][] Levels = [["+", "-"], ["~"], ["*", "/", "//", "%"], ["**"]];

    private Expression ParseBinary(int level)
    {
        if (level == Levels.Length)
            return ParseSigned();
        var left = ParseBinary(level + 1);
        while (tokens.Current.Kind == TokenKind.Operator && Levels[level].Contains(tokens.Current.Text))
        {
            var sign = tokens.Take().Text;
            var right = ParseBinary(level + 1);
            left = sign == "~" ? new Concatenation(left, right) : new Arithmetic(sign, left, right);
        }
        return left;
    }

    /// <summary>A sign binds tighter than a filter: <c>-1 | abs</c> is 1.</summary>
    private Expression ParseSigned() => ParseFiltersAndTests(ParseUnfiltered());

    private Expression ParseUnfiltered()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (tokens.TryTakeOperator("-"))
            return new Negation(ParseUnfiltered());
        return tokens.TryTakeOperator("+") ? ParseUnfiltered() : ParseAccesses(ParsePrimary());
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
                return new ListLiteral(ParseUntil("]", () => Parse()));
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
        var inside = ParseList();
        tokens.ExpectOperator(")");
        return inside;
    }

    private (Expression, Expression) ParseEntry()
    {
        var key = Parse();
        tokens.ExpectOperator(":");
        return (key, Parse());
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
                owner = new AttributeAccess(owner, tokens.Current.Kind is TokenKind.Name or TokenKind.Integer ? tokens.Take().Text : throw tokens.Unexpected("a name"));
            else if (tokens.TryTakeOperator("["))
                owner = ParseSubscript(owner);
            else if (tokens.TryTakeOperator("("))
                owner = new Call(owner, ParseArguments());
            else
                return owner;
        }
    }

    private Expression ParseSubscript(Expression owner)
    {
        Expression? Bound() => tokens.IsOperator(":") || tokens.IsOperator("]") ? null : Parse();
        var from = Bound();
        if (from is not null && tokens.TryTakeOperator("]"))
            return new Subscript(owner, from);
        tokens.ExpectOperator(":");
        var to = Bound();
        var step = tokens.TryTakeOperator(":") ? Bound() : null;
        tokens.ExpectOperator("]");
        return new Slice(owner, from, to, step);
    }

    private Expression ParseFiltersAndTests(Expression operand)
    {
        while (true)
        {
            if (tokens.TryTakeOperator("|"))
                operand = new FilterApplication(operand, tokens.Expect(TokenKind.Name).Text, tokens.TryTakeOperator("(") ? ParseArguments() : ArgumentList.Empty);
            else if (tokens.TryTakeName("is"))
                operand = ParseTest(operand);
            else
                return operand;
        }
    }

    private Expression ParseTest(Expression operand)
    {
        var negated = tokens.TryTakeName("not");
        var name = tokens.Expect(TokenKind.Name).Text;
        var arguments = ArgumentList.Empty;
        if (tokens.TryTakeOperator("("))
            arguments = ParseArguments();
        else if (tokens.Current.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Float
            || (tokens.Current.Kind == TokenKind.Name && !Keywords.Contains(tokens.Current.Text)) || tokens.IsOperator("[") || tokens.IsOperator("{"))
            arguments = new ArgumentList([new Argument(null, ParseAccesses(ParsePrimary()))]);
        var test = new TestApplication(operand, name, arguments);
        return negated ? new Not(test) : test;
    }
}
