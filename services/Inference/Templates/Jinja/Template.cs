namespace LLMoin.Inference.Templates.Jinja;

/// <summary>
/// A template in the subset of Jinja 3.1 that chat templates use, set up as Hugging Face's <c>apply_chat_template</c> does: no inheritance,
/// no includes, no escaping, nothing that changes an object. Parsed once, rendered by any number of threads.
/// </summary>
internal sealed class Template
{
    private readonly Block _body;

    private Template(Block body) => _body = body;

    /// <exception cref="JinjaException">It cannot be read.</exception>
    public static Template Parse(string source)
    {
        if (source.Length > Limits.Source)
            throw new JinjaException($"it is longer than {Limits.Source} characters");
        return new Template(Guarded(() => StatementParser.Parse(source)));
    }

    /// <exception cref="JinjaException">It refuses, it is broken, or it exceeds a limit.</exception>
    public string Render(Map variables, TimeProvider clock, Limits? limits = null)
    {
        var scope = new Scope(new Run(limits ?? Limits.Default));
        Functions.Define(scope, clock);
        foreach (var (name, value) in variables)
            scope.Set(Values.String(name), value);
        return Guarded(() => _body.Capture(scope.Inner()));
    }

    /// <summary>The stack bounds how deep a template nests and recurses.</summary>
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (InsufficientExecutionStackException)
        {
            throw new JinjaException("it nests too deep", JinjaFailure.Excessive);
        }
    }
}
