using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <param name="Default">Evaluated at the call; null for a parameter that is undefined unless given.</param>
internal sealed record Parameter(string Name, Expression? Default);

/// <summary>A function whose value is the text that its body writes.</summary>
internal sealed class Macro(string name, IReadOnlyList<Parameter> parameters, Block body) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        scope.Set(name, Bind(scope));
        return Flow.Next;
    }

    /// <summary>The macro as a value; its body sees what is defined around it, not around the call.</summary>
    public Callable Bind(Scope outer) => (run, given) =>
    {
        run.Step();
        var scope = outer.Inner();
        for (var index = 0; index < parameters.Count; index++)
        {
            var (parameter, otherwise) = parameters[index];
            scope.Set(parameter, given.Has(index, parameter) ? given.Get(index, parameter)
                : otherwise is null ? new Undefined(parameter) : otherwise.Evaluate(scope));
        }
        scope.Set("varargs", given.Positional.Skip(parameters.Count).ToArray());
        scope.Set("kwargs", Rest(given));
        if (given.Named.TryGetValue("caller", out var caller))
            scope.Set("caller", caller);
        return body.Capture(scope);
    };

    private Map Rest(Arguments given)
    {
        var rest = new Map();
        foreach (var (key, value) in given.Named)
        {
            if (key != "caller" && parameters.All(parameter => parameter.Name != key))
                rest[key] = value;
        }
        return rest;
    }
}

/// <summary><c>{% call macro() %}…{% endcall %}</c>: the macro's <c>caller()</c> gives what the body writes.</summary>
internal sealed class CallBlock(Call call, Macro body) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        output.Append(scope.Run.Made(Printing.Text(scope.Run, call.Invoke(scope, body.Bind(scope)))));
        return Flow.Next;
    }
}
