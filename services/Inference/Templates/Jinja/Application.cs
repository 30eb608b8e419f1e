namespace LLMoin.Inference.Templates.Jinja;

/// <summary><c>a | filter(…)</c>.</summary>
internal sealed class FilterApplication(Expression operand, string name, ArgumentList arguments) : Expression
{
    protected override object? Compute(Scope scope) => Filters.Apply(scope.Run, name, operand.Evaluate(scope), arguments.Evaluate(scope));
}

/// <summary><c>a is test</c>.</summary>
internal sealed class TestApplication(Expression operand, string name, ArgumentList arguments) : Expression
{
    protected override object? Compute(Scope scope) => Tests.Holds(scope.Run, name, operand.Evaluate(scope), arguments.Evaluate(scope));
}
