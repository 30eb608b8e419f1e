using System.Runtime.CompilerServices;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Text, printed values and block tags.</summary>
internal sealed class StatementParser
{
    private readonly TokenStream _tokens;
    private readonly ExpressionParser _expressions;

    private StatementParser(TokenStream tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
    }

    /// <exception cref="JinjaException">It cannot be read.</exception>
    public static Block Parse(string template)
    {
        var tokens = new TokenStream(Lexer.Read(template));
        var parser = new StatementParser(tokens);
        var body = parser.ParseUntil();
        return tokens.Current.Kind == TokenKind.End ? body : throw tokens.Unexpected("the end of the template");
    }

    /// <summary>Up to a block tag of one of these names, which is not taken.</summary>
    private Block ParseUntil(params string[] ends)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var statements = new List<Statement>();
        while (_tokens.Current.Kind != TokenKind.End)
        {
            if (_tokens.Current.Kind == TokenKind.BlockBegin && ends.Contains(_tokens.Ahead.Text))
                break;
            statements.Add(ParseStatement());
        }
        return new Block(statements);
    }

    /// <summary>Up to the end tag, which is taken.</summary>
    private Block ParseBody(string end)
    {
        _tokens.Expect(TokenKind.BlockEnd);
        var body = ParseUntil(end);
        TakeTag(end);
        _tokens.Expect(TokenKind.BlockEnd);
        return body;
    }

    private void TakeTag(string name)
    {
        _tokens.Expect(TokenKind.BlockBegin);
        if (!_tokens.TryTakeName(name))
            throw _tokens.Unexpected($"'{name}'");
    }

    private Statement ParseStatement()
    {
        var token = _tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new Text(token.Text);
            case TokenKind.VariableBegin:
                var value = _expressions.ParseList();
                _tokens.Expect(TokenKind.VariableEnd);
                return new Print(value);
            default:
                return ParseTag(_tokens.Expect(TokenKind.Name));
        }
    }

    private Statement ParseTag(Token tag) => tag.Text switch
    {
        "if" => ParseIf(),
        "for" => ParseFor(),
        "set" => ParseSet(),
        "macro" => ParseMacro(),
        "call" => ParseCall(),
        "filter" => ParseFilter(),
        "with" => ParseWith(),
        // Marks what the assistant says, for training.
        "generation" => new With([], ParseBody("endgeneration")),
        "break" => Jump(Flow.Break),
        "continue" => Jump(Flow.Continue),
        _ => throw new JinjaException($"line {tag.Line}: the tag '{tag.Text}' is not known here"),
    };

    private Jump Jump(Flow flow)
    {
        _tokens.Expect(TokenKind.BlockEnd);
        return new Jump(flow);
    }

    private If ParseIf()
    {
        var branches = new List<(Expression, Block)>();
        var otherwise = Block.Empty;
        do
        {
            var condition = _expressions.Parse();
            _tokens.Expect(TokenKind.BlockEnd);
            branches.Add((condition, ParseUntil("elif", "else", "endif")));
            _tokens.Expect(TokenKind.BlockBegin);
        }
        while (_tokens.TryTakeName("elif"));
        if (_tokens.TryTakeName("else"))
            otherwise = ParseBody("endif");
        else
            EndTag("endif");
        return new If(branches, otherwise);
    }

    private For ParseFor()
    {
        var target = ParseTarget();
        if (!_tokens.TryTakeName("in"))
            throw _tokens.Unexpected("'in'");
        var items = _expressions.ParseList(withConditional: false);
        var condition = _tokens.TryTakeName("if") ? _expressions.Parse() : null;
        _tokens.Expect(TokenKind.BlockEnd);
        var body = ParseUntil("else", "endfor");
        var otherwise = Block.Empty;
        _tokens.Expect(TokenKind.BlockBegin);
        if (_tokens.TryTakeName("else"))
            otherwise = ParseBody("endfor");
        else
            EndTag("endfor");
        return new For(target, items, condition, body, otherwise);
    }

    /// <summary>The rest of a tag whose beginning is taken.</summary>
    private void EndTag(string name)
    {
        if (!_tokens.TryTakeName(name))
            throw _tokens.Unexpected($"'{name}'");
        _tokens.Expect(TokenKind.BlockEnd);
    }

    private Statement ParseSet()
    {
        var target = ParseTarget();
        if (!_tokens.TryTakeOperator("="))
            return new SetBlock(target, ParseBody("endset"));
        var value = _expressions.ParseList();
        _tokens.Expect(TokenKind.BlockEnd);
        return new Set(target, value);
    }

    private Target ParseTarget()
    {
        var inParenthesis = _tokens.TryTakeOperator("(");
        var targets = new List<Target>();
        do
            targets.Add(ParseSingleTarget());
        while (_tokens.TryTakeOperator(","));
        if (inParenthesis)
            _tokens.ExpectOperator(")");
        return targets.Count == 1 ? targets[0] : new SeveralTargets(targets);
    }

    private Target ParseSingleTarget()
    {
        var name = _tokens.Expect(TokenKind.Name).Text;
        return _tokens.TryTakeOperator(".") ? new AttributeTarget(name, _tokens.Expect(TokenKind.Name).Text) : new NameTarget(name);
    }

    private Macro ParseMacro()
    {
        var name = _tokens.Expect(TokenKind.Name).Text;
        return new Macro(name, ParseParameters(), ParseBody("endmacro"));
    }

    private CallBlock ParseCall()
    {
        var parameters = _tokens.IsOperator("(") ? ParseParameters() : [];
        var call = _expressions.Parse() as Call ?? throw _tokens.Unexpected("a call of a macro");
        return new CallBlock(call, new Macro("caller", parameters, ParseBody("endcall")));
    }

    private List<Parameter> ParseParameters()
    {
        var parameters = new List<Parameter>();
        _tokens.ExpectOperator("(");
        while (!_tokens.TryTakeOperator(")"))
        {
            var name = _tokens.Expect(TokenKind.Name).Text;
            parameters.Add(new Parameter(name, _tokens.TryTakeOperator("=") ? _expressions.Parse() : null));
            if (!_tokens.IsOperator(")"))
                _tokens.ExpectOperator(",");
        }
        return parameters;
    }

    private FilterBlock ParseFilter()
    {
        var name = _tokens.Expect(TokenKind.Name).Text;
        var arguments = _tokens.TryTakeOperator("(") ? _expressions.ParseArguments() : ArgumentList.Empty;
        return new FilterBlock(name, arguments, ParseBody("endfilter"));
    }

    private With ParseWith()
    {
        var variables = new List<(Target, Expression)>();
        while (_tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (variables.Count > 0)
                _tokens.ExpectOperator(",");
            var target = ParseSingleTarget();
            _tokens.ExpectOperator("=");
            variables.Add((target, _expressions.Parse()));
        }
        return new With(variables, ParseBody("endwith"));
    }
}
