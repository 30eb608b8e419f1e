using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary><c>for</c>; each turn has variables of its own, so nothing set in one is seen in the next.</summary>
internal sealed class For(Target target, Expression items, Expression? condition, Block body, Block otherwise) : Statement
{
    public override Flow Execute(Scope scope, StringBuilder output)
    {
        var turns = Turns(scope, Values.Items(scope.Run, items.Evaluate(scope)));
        if (turns.Count == 0)
            return otherwise.Execute(scope.Inner(), output);
        for (var index = 0; index < turns.Count; index++)
        {
            scope.Run.Step();
            var turn = scope.Inner();
            target.Assign(turn, turns[index]);
            turn.Set("loop", new LoopState(turns, index));
            if (body.Execute(turn, output) == Flow.Break)
                break;
        }
        return Flow.Next;
    }

    private IReadOnlyList<object?> Turns(Scope scope, IReadOnlyList<object?> all)
    {
        if (condition is null)
            return all;
        return [.. all.Where(item =>
        {
            var turn = scope.Inner();
            target.Assign(turn, item);
            return Values.IsTrue(condition.Evaluate(turn));
        })];
    }
}

/// <summary><c>loop</c> inside a <c>for</c>.</summary>
internal sealed class LoopState(IReadOnlyList<object?> items, int index) : IAttributes
{
    public bool TryGet(string name, out object? value)
    {
        value = name switch
        {
            "index" => index + 1L,
            "index0" => (long)index,
            "revindex" => (long)items.Count - index,
            "revindex0" => items.Count - index - 1L,
            "first" => index == 0,
            "last" => index == items.Count - 1,
            "length" => (long)items.Count,
            "previtem" => index > 0 ? items[index - 1] : new Undefined("the item before the first"),
            "nextitem" => index < items.Count - 1 ? items[index + 1] : new Undefined("the item after the last"),
            "cycle" => (Callable)((_, given) => given.Positional.Count > 0 ? given.Positional[index % given.Positional.Count] : null),
            _ => new Undefined(name),
        };
        return value is not Undefined;
    }
}
