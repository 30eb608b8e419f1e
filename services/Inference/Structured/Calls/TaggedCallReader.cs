namespace LLMoin.Inference.Structured.Calls;

/// <summary>Reads <c>{"name":…,"arguments":…}&lt;/tool_call&gt;</c>; at the end of an answer the closing tag may be missing.</summary>
internal sealed class TaggedCallReader(IReadOnlySet<string> tools) : CallReader(tools)
{
    private const string Closing = "</tool_call>";

    private bool _inJson;
    private int _closed;

    public override bool MayEnd => !_inJson && Calls.Count > 0;

    public override CallStep Read(char next)
    {
        if (_inJson)
            return Json(next) is not { } json ? CallStep.More : Add(json) ? Leave() : CallStep.Broken;
        if (_closed > 0 || (next == Closing[0] && Calls.Count > 0))
            return next != Closing[_closed] ? CallStep.Broken : ++_closed == Closing.Length ? CallStep.Done : CallStep.More;
        if (next != '{')
            return char.IsWhiteSpace(next) ? CallStep.More : CallStep.Broken;
        Json(next);
        _inJson = true;
        return CallStep.More;
    }

    private CallStep Leave()
    {
        _inJson = false;
        return CallStep.More;
    }
}
