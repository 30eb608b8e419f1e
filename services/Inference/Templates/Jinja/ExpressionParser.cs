using System.Runtime.CompilerServices;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>
/// Expressions, from the loosest binding to the tightest: conditional, <c>or</c>, <c>and</c>, <c>not</c>, comparisons, <c>+ -</c>,
/// <c>~</c>, <c>* / // %</c>, <c>**</c>, sign; after an operand calls, accesses, filters and tests.
/// </summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Keywords = ["and", "or", "not", "if", "else", "in", "is"];

    private static readonly string[][] Levels = [["+", "-"], ["~"], ["*", "/", "//", "%"], ["**"]];

    private readonly TokenStream _tokens;
    private readonly OperandParser _operands;

    public ExpressionParser(TokenStream tokens)
    {
        _tokens = tokens;
        _operands = new OperandParser(tokens, this);
    }

    /// <summary>One expression, or several separated by commas as a list.</summary>
    public Expression ParseList(bool withConditional = true)
    {
        var first = Parse(withConditional);
        if (!_tokens.IsOperator(","))
            return first;
        var items = new List<Expression> { first };
        while (_tokens.TryTakeOperator(",") && !AtEnd)
            items.Add(Parse(withConditional));
        return new ListLiteral(items);
    }

    /// <param name="withConditional">False where an <c>if</c> belongs to the statement around it.</param>
    public Expression Parse(bool withConditional = true)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var value = ParseOr();
        while (withConditional && _tokens.TryTakeName("if"))
        {
            var condition = ParseOr();
            value = new Conditional(condition, value, _tokens.TryTakeName("else") ? Parse() : null);
        }
        return value;
    }

    public ArgumentList ParseArguments() => _operands.ParseArguments();

    private bool AtEnd => _tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || _tokens.IsOperator(")");

    private Expression ParseOr()
    {
        var left = ParseAnd();
        while (_tokens.TryTakeName("or"))
            left = new Logical(false, left, ParseAnd());
        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseNot();
        while (_tokens.TryTakeName("and"))
            left = new Logical(true, left, ParseNot());
        return left;
    }

    private Expression ParseNot()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _tokens.TryTakeName("not") ? new Not(ParseNot()) : ParseComparison();
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
        if (_tokens.Current is { Kind: TokenKind.Operator, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" })
            return _tokens.Take().Text;
        if (_tokens.TryTakeName("in"))
            return "in";
        if (!_tokens.IsName("not") || _tokens.Ahead is not { Kind: TokenKind.Name, Text: "in" })
            return null;
        _tokens.Take();
        _tokens.Take();
        return "not in";
    }

    private Expression ParseBinary(int level)
    {
        if (level == Levels.Length)
            return ParseSigned();
        var left = ParseBinary(level + 1);
        while (_tokens.Current.Kind == TokenKind.Operator && Levels[level].Contains(_tokens.Current.Text))
        {
            var sign = _tokens.Take().Text;
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
        if (_tokens.TryTakeOperator("-"))
            return new Negation(ParseUnfiltered());
        return _tokens.TryTakeOperator("+") ? ParseUnfiltered() : _operands.Parse();
    }

    private Expression ParseFiltersAndTests(Expression operand)
    {
        while (true)
        {
            if (_tokens.TryTakeOperator("|"))
                operand = ParseFilter(operand);
            else if (_tokens.TryTakeName("is"))
                operand = ParseTest(operand);
            else
                return operand;
        }
    }

    private FilterApplication ParseFilter(Expression operand)
    {
        var name = _tokens.Expect(TokenKind.Name).Text;
        return new FilterApplication(operand, name, _tokens.TryTakeOperator("(") ? ParseArguments() : ArgumentList.Empty);
    }

    private Expression ParseTest(Expression operand)
    {
        var negated = _tokens.TryTakeName("not");
        var name = _tokens.Expect(TokenKind.Name).Text;
        var arguments = ArgumentList.Empty;
        if (_tokens.TryTakeOperator("("))
            arguments = ParseArguments();
        else if (_tokens.Current.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Float
            || (_tokens.Current.Kind == TokenKind.Name && !Keywords.Contains(_tokens.Current.Text)) || _tokens.IsOperator("[") || _tokens.IsOperator("{"))
            arguments = new ArgumentList([new Argument(null, _operands.Parse())]);
        var test = new TestApplication(operand, name, arguments);
        return negated ? new Not(test) : test;
    }
}
