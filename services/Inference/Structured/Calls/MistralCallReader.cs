using System.Text;

namespace LLMoin.Inference.Structured.Calls;

/// <summary>
/// Reads <c>[{"name":…,"arguments":…},…]</c> or <c>name[ARGS]{…}</c>, whose name may be followed by <c>[CALL_ID]</c> and an id; the
/// model's own ids are replaced, as they are not unique.
/// </summary>
internal sealed class MistralCallReader(IReadOnlySet<string> tools) : CallReader(tools)
{
    private const string ArgumentsMarker = "[ARGS]";
    private const string IdMarker = "[CALL_ID]";
    private const int LongestHead = 200;

    private readonly StringBuilder _head = new();
    private string? _name;
    private bool _inJson;

    public override CallStep Read(char next)
    {
        if (_inJson)
            return Json(next) is not { } json ? CallStep.More
                : (_name is null ? Add(json) : Add(_name, json)) ? CallStep.Done
                : CallStep.Broken;
        if (_name is not null || _head.Length == 0)
        {
            if (char.IsWhiteSpace(next))
                return CallStep.More;
            if (next == (_name is null ? '[' : '{'))
            {
                _inJson = true;
                Json(next);
                return CallStep.More;
            }
            if (_name is not null)
                return CallStep.Broken;
        }
        return Head(next);
    }

    private CallStep Head(char next)
    {
        if (_head.Length == LongestHead || char.IsControl(next))
            return CallStep.Broken;
        _head.Append(next);
        if (next != ']' || _head.ToString() is not { } head || !head.EndsWith(ArgumentsMarker, StringComparison.Ordinal))
            return CallStep.More;
        _name = head[..^ArgumentsMarker.Length].Split(IdMarker)[0].Trim();
        return CallStep.More;
    }
}
