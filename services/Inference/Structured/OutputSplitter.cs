using System.Text;
using LLMoin.Inference.Structured.Calls;

namespace LLMoin.Inference.Structured;

/// <summary>
/// Splits the raw text of one answer, as it comes in, into answer, reasoning and tool calls. However the text is cut into deltas, the
/// pieces are the same up to where they are cut; no half of a marker is ever given. What looks like a call and turns out to be none
/// is given as text.
/// </summary>
/// <remarks>
/// Blanks before the answer and its reasoning and after calls are dropped, as they only separate. Reasoning comes before the answer or
/// not at all: later on, its markers are text. A delta that needs no second look is given as the same object.
/// </remarks>
internal sealed class OutputSplitter
{
    private readonly OutputShape _shape;
    private readonly HashSet<string> _tools;
    private readonly string[] _callMarkers;
    private readonly string[] _closing;
    private readonly StopStrings _stop;
    private readonly StringBuilder _call = new();

    private CallReader? _reader;
    private string _held = "";
    private bool _dropBlanks;
    private bool _mayReason;
    private bool _mayBeBare;

    public OutputSplitter(OutputShape shape)
    {
        _shape = shape;
        _tools = [.. shape.Tools.Select(tool => tool.Name)];
        _callMarkers = [.. shape.Calls?.Markers ?? []];
        _stop = new StopStrings(shape.Stop);
        InReasoning = shape is { StartsInReasoning: true, Reasoning: not null };
        _mayReason = shape is { Reasoning: not null, Continues: false } && !InReasoning;
        _mayBeBare = shape.Calls?.BareObjects == true && (InReasoning || !shape.Continues);
        _dropBlanks = !shape.Continues && (shape.Reasoning is not null || shape.Calls is not null);
        _closing = shape.Reasoning is { } reasoning ? [reasoning.Close] : [];
    }

    /// <summary>The model is reasoning: a grammar for its answer must not bind it yet.</summary>
    public bool InReasoning { get; private set; }

    /// <summary>A stop string has come up: the answer is over, whatever else is fed.</summary>
    public bool Stopped => _stop.Stopped;

    /// <summary>The model has called a tool.</summary>
    public bool HasCalls { get; private set; }

    /// <param name="delta">New text, whole characters.</param>
    /// <param name="pieces">Gets what is certain by now.</param>
    public void Feed(string delta, List<OutputPiece> pieces)
    {
        while (delta.Length > 0 && !Stopped)
            delta = _reader is not null ? ReadCall(delta, pieces) : InReasoning ? ReadReasoning(delta, pieces) : ReadAnswer(delta, pieces);
    }

    /// <summary>The model has ended: gives what was held back.</summary>
    public void Flush(List<OutputPiece> pieces)
    {
        if (_reader is { MayEnd: true })
            GiveCalls(pieces);
        else if (_reader is not null)
            GiveAnswer(_call.ToString(), pieces);
        else if (InReasoning)
            Give(OutputKind.Reasoning, _held, pieces);
        else
            GiveAnswer(_held, pieces);
        _reader = null;
        _held = "";
        Give(OutputKind.Answer, _stop.Release(), pieces);
    }

    /// <returns>What is left of the delta.</returns>
    private string ReadAnswer(string delta, List<OutputPiece> pieces)
    {
        if (_dropBlanks && (delta = DropBlanks(delta)).Length == 0)
            return "";
        var text = Take(delta);
        if (_mayReason)
        {
            var open = _shape.Reasoning!.Open;
            if (text.StartsWith(open, StringComparison.Ordinal))
                return StartReasoning(text[open.Length..]);
            if (open.StartsWith(text, StringComparison.Ordinal))
                return Hold(text);
            _mayReason = false;
        }
        if (_mayBeBare && text[0] == '{')
            return StartCall("", text);
        if (_callMarkers.Length == 0)
        {
            GiveAnswer(text, pieces);
            return "";
        }

        var (start, marker) = FindCall(text);
        var given = marker is not null ? start : text.Length - Beginnings.LongestAtEnd(text, _callMarkers);
        // A marker's half at the very beginning leaves open whether anything has been said.
        _mayBeBare &= given == 0;
        GiveAnswer(given == text.Length ? text : text[..given], pieces);
        return marker is not null ? StartCall(marker, text[(start + marker.Length)..]) : Hold(text[given..]);
    }

    private string ReadReasoning(string delta, List<OutputPiece> pieces)
    {
        if (_dropBlanks && (delta = DropBlanks(delta)).Length == 0)
            return "";
        var text = Take(delta);
        var close = _closing[0];
        var end = text.IndexOf(close, StringComparison.Ordinal);
        var given = end >= 0 ? end : text.Length - Beginnings.LongestAtEnd(text, _closing);
        Give(OutputKind.Reasoning, given == text.Length ? text : text[..given], pieces);
        if (end < 0)
            return Hold(text[given..]);
        InReasoning = false;
        _dropBlanks = true;
        return text[(end + close.Length)..];
    }

    private string ReadCall(string delta, List<OutputPiece> pieces)
    {
        for (var index = 0; index < delta.Length; index++)
            switch (_reader!.Read(delta[index]))
            {
                case CallStep.More:
                    _call.Append(delta[index]);
                    break;
                case CallStep.Done:
                    GiveCalls(pieces);
                    return delta[(index + 1)..];
                case CallStep.Broken:
                    _reader = null;
                    _mayBeBare = false;
                    GiveAnswer(_call.ToString(), pieces);
                    return delta[index..];
            }
        return "";
    }

    private string StartReasoning(string rest)
    {
        (InReasoning, _mayReason, _dropBlanks) = (true, false, true);
        return rest;
    }

    private string StartCall(string marker, string rest)
    {
        _reader = _shape.Calls!.Read(_tools);
        _call.Clear().Append(marker);
        return rest;
    }

    private void GiveCalls(List<OutputPiece> pieces)
    {
        Give(OutputKind.Answer, _stop.Release(), pieces);
        foreach (var call in _reader!.Calls)
            pieces.Add(new OutputPiece(OutputKind.Call, "", call));
        _reader = null;
        HasCalls = true;
        _dropBlanks = true;
        _mayBeBare = _shape.Calls!.BareObjects;
    }

    private void GiveAnswer(string text, List<OutputPiece> pieces) => Give(OutputKind.Answer, _stop.Feed(text), pieces);

    private static void Give(OutputKind kind, string text, List<OutputPiece> pieces)
    {
        if (text.Length > 0)
            pieces.Add(new OutputPiece(kind, text));
    }

    private string DropBlanks(string delta)
    {
        // Llama separates bare calls by semicolons.
        var rest = HasCalls && _mayBeBare ? delta.AsSpan().TrimStart(" \t\r\n;") : delta.AsSpan().TrimStart();
        _dropBlanks = rest.IsEmpty;
        return rest.Length == delta.Length ? delta : rest.ToString();
    }

    private string Take(string delta)
    {
        var text = _held.Length == 0 ? delta : _held + delta;
        _held = "";
        return text;
    }

    private string Hold(string text)
    {
        _held = text;
        return "";
    }

    private (int Start, string? Marker) FindCall(string text)
    {
        (int Start, string? Marker) first = (text.Length, null);
        foreach (var marker in _callMarkers)
            if (text.IndexOf(marker, StringComparison.Ordinal) is var start and >= 0 && start < first.Start)
                first = (start, marker);
        return first;
    }
}
