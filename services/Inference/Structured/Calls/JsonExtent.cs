namespace LLMoin.Inference.Structured.Calls;

/// <summary>Finds the end of a JSON object or array, character by character; whether it is sound is for a parser to say.</summary>
internal struct JsonExtent
{
    private int _depth;
    private bool _inText;
    private bool _escaped;

    /// <returns>Whether this character ends it.</returns>
    public bool EndsWith(char next)
    {
        if (_inText)
        {
            _inText = _escaped || next != '"';
            _escaped = !_escaped && next == '\\';
            return false;
        }
        switch (next)
        {
            case '"':
                _inText = true;
                return false;
            case '{' or '[':
                _depth++;
                return false;
            case '}' or ']':
                return --_depth <= 0;
            default:
                return false;
        }
    }
}
