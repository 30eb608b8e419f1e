namespace LLMoin.Inference.Structured.Calls;

/// <summary>
/// Reads <c>{"name":…,"parameters":…}</c>. It gives up at the first key that no call starts with, so that an answer that is JSON of
/// another kind is not held back.
/// </summary>
internal sealed class BareCallReader(IReadOnlySet<string> tools) : CallReader(tools)
{
    private static readonly string[] Beginnings = ["{\"name\"", "{\"type\"", "{\"parameters\""];

    private string _beginning = "";
    private bool _recognised;

    public override CallStep Read(char next)
    {
        if (_beginning.Length == 0 && char.IsWhiteSpace(next))
            return CallStep.More;
        if (!_recognised && !char.IsWhiteSpace(next))
        {
            _beginning += next;
            if (!Array.Exists(Beginnings, beginning => beginning.StartsWith(_beginning, StringComparison.Ordinal)))
                return CallStep.Broken;
            _recognised = Beginnings.Contains(_beginning);
        }
        return Json(next) is not { } json ? CallStep.More : Add(json) ? CallStep.Done : CallStep.Broken;
    }
}
