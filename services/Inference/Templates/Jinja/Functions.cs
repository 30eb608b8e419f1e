namespace LLMoin.Inference.Templates.Jinja;

/// <summary>The functions that every chat template may call (those of Hugging Face's <c>apply_chat_template</c>).</summary>
internal static class Functions
{
    public static void Define(Scope scope, TimeProvider clock)
    {
        scope.Set("range", (Callable)Range);
        scope.Set("namespace", (Callable)MakeNamespace);
        scope.Set("dict", (Callable)MakeMap);
        scope.Set("raise_exception", (Callable)Refuse);
        scope.Set("strftime_now", (Callable)((_, given) => DateFormat.Format(clock.GetLocalNow(), given.Text(0, "format"))));
    }

    private static object Refuse(Run run, Arguments given)
        => throw new JinjaException(Printing.Text(run, given.Get(0, "message")), JinjaFailure.Refused);

    private static object Range(Run run, Arguments given)
    {
        var start = given.Positional.Count > 1 ? Values.Integer(given.Get(0, "start")) : 0;
        var stop = Values.Integer(given.Get(given.Positional.Count > 1 ? 1 : 0, "stop"));
        var step = Values.Integer(given.Get(2, "step", 1L));
        if (step == 0)
            throw new JinjaException("range needs a step other than 0");
        var count = Math.Max(0, Math.Ceiling(((double)stop - start) / step));
        if (count > Limits.Range)
            throw new JinjaException($"range is limited to {Limits.Range} numbers");
        run.ChargeItems((long)count);
        return Enumerable.Range(0, (int)count).Select(object? (number) => start + number * step).ToArray();
    }

    private static Namespace MakeNamespace(Run run, Arguments given)
    {
        var made = new Namespace();
        foreach (var (name, value) in Entries(given))
            made[Values.String(name)] = value;
        return made;
    }

    private static Map MakeMap(Run run, Arguments given)
    {
        var made = new Map();
        foreach (var (name, value) in Entries(given))
            made[name] = value;
        return made;
    }

    private static IEnumerable<KeyValuePair<object, object?>> Entries(Arguments given)
    {
        var named = given.Named.Select(argument => KeyValuePair.Create<object, object?>(argument.Key, argument.Value));
        return given.Get(0, "mapping") is Map map ? map.Concat(named) : named;
    }
}
