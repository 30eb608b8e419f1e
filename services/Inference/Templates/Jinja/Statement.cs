using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Where rendering goes on after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>A part of a template that writes text or sets variables.</summary>
internal abstract class Statement
{
    public abstract Flow Execute(Scope scope, StringBuilder output);
}

internal sealed class Text(string text) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        scope.Run.Step();
        output.Append(scope.Run.Made(text));
        return Flow.Next;
    }
}

internal sealed class Print(Expression value) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        output.Append(scope.Run.Made(Printing.Text(scope.Run, value.Evaluate(scope))));
        return Flow.Next;
    }
}

internal sealed class Block(IReadOnlyList<Statement> statements) : Statement
{
    public static Block Empty { get; } = new([]);

    public override Flow Execute(Scope scope, StringBuilder output)
    {
        foreach (var statement in statements)
        {
            if (statement.Execute(scope, output) is var flow and not Flow.Next)
                return flow;
        }
        return Flow.Next;
    }

    /// <summary>What it writes, as a text of its own.</summary>
    public string Capture(Scope scope)
    {
        var output = new StringBuilder();
        Execute(scope, output);
        return scope.Run.Made(output.ToString());
    }
}

internal sealed class If(IReadOnlyList<(Expression Condition, Block Then)> branches, Block otherwise) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        foreach (var (condition, then) in branches)
        {
            if (Values.IsTrue(condition.Evaluate(scope)))
                return then.Execute(scope, output);
        }
        return otherwise.Execute(scope, output);
    }
}

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed class Jump(Flow flow) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output) => flow;
}

/// <summary><c>with</c>, and what only marks a part of a template, e.g. <c>generation</c>.</summary>
internal sealed class With(IReadOnlyList<(Target Target, Expression Value)> variables, Block body) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        var inner = scope.Inner();
        foreach (var (target, value) in variables)
            target.Assign(inner, value.Evaluate(scope));
        return body.Execute(inner, output);
    }
}

/// <summary><c>filter</c>: its body goes through a filter.</summary>
internal sealed class FilterBlock(string name, ArgumentList arguments, Block body) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        var filtered = Filters.Apply(scope.Run, name, body.Capture(scope.Inner()), arguments.Evaluate(scope));
        output.Append(scope.Run.Made(Printing.Text(scope.Run, filtered)));
        return Flow.Next;
    }
}
