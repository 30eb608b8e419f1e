using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>What <c>set</c> and <c>for</c> assign to.</summary>
internal abstract record Target
{
    public abstract void Assign(Scope scope, object? value);
}

internal sealed record NameTarget(string Name) : Target
{
    public override void Assign(Scope scope, object? value) => scope.Set(Name, value);
}

/// <summary><c>namespace.name</c>.</summary>
internal sealed record AttributeTarget(string Owner, string Name) : Target
{
    public override void Assign(Scope scope, object? value)
    {
        if (scope.Get(Owner) is not Namespace owner)
            throw new JinjaException($"'{Owner}' is no namespace");
        owner[Name] = value;
    }
}

/// <summary><c>a, b</c>.</summary>
internal sealed record SeveralTargets(IReadOnlyList<Target> Targets) : Target
{
    public override void Assign(Scope scope, object? value)
    {
        var items = Values.Items(scope.Run, value);
        if (items.Count != Targets.Count)
            throw new JinjaException($"{items.Count} values do not fit {Targets.Count} variables");
        foreach (var (target, item) in Targets.Zip(items))
            target.Assign(scope, item);
    }
}

internal sealed class Set(Target target, Expression value) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        target.Assign(scope, value.Evaluate(scope));
        return Flow.Next;
    }
}

/// <summary><c>{% set a %}…{% endset %}</c>: what the body writes.</summary>
internal sealed class SetBlock(Target target, Block body) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        target.Assign(scope, body.Capture(scope.Inner()));
        return Flow.Next;
    }
}
