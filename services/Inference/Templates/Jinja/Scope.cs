namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Variables of a template, a loop's turn, a macro call or a <c>with</c> block; what is not here is looked up outside.</summary>
internal sealed class Scope(Run run, Scope? outer = null)
{
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    public Run Run { get; } = run;

    public Scope Inner() => new(Run, this);

    public void Set(string name, object? value) => _variables[name] = value;

    public object? Get(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._variables.TryGetValue(name, out var value))
                return value;
        }
        return new Undefined(name);
    }

    private Scope? Outer { get; } = outer;
}
