namespace LLMoin.Inference.Templates;

/// <summary>
/// Brings a conversation into the form that a template takes. OpenAI's API allows any order of roles; many templates refuse a system
/// message, two messages of one role in a row, or tools. Nothing said is lost.
/// </summary>
internal static class MessageShaping
{
    private const string Between = "\n\n";

    public static IReadOnlyList<Turn> Shape(IReadOnlyList<Turn> turns, TemplateTraits traits)
    {
        if (!traits.ToolTurns)
            turns = [.. turns.Select(ToolTurnAsText)];
        else if (traits.SingleCalls)
            turns = OneCallEach(turns);
        turns = GatherSystem(turns, traits);
        return traits.Alternates ? Alternate(turns) : turns;
    }

    /// <summary>Appends to the system message, or begins with one.</summary>
    public static IReadOnlyList<Turn> AddToSystem(IReadOnlyList<Turn> turns, string text)
        => turns is [{ Role: "system" } system, ..]
            ? [system with { Content = Join(system.Content, text) }, .. turns.Skip(1)]
            : [new Turn("system", text, []), .. turns];

    /// <summary>Calls and results in the words of the instruction that described the tools.</summary>
    private static Turn ToolTurnAsText(Turn turn)
    {
        if (turn.Role == "tool")
            return new Turn("user", $"<tool_response>\n{turn.Content}\n</tool_response>", []);
        if (turn.Calls.Count == 0)
            return turn;
        var calls = turn.Calls.Select(call =>
            $$"""
            <tool_call>
            {"name": "{{call.Name}}", "arguments": {{PromptVariables.Json(call.Arguments)}}}
            </tool_call>
            """);
        return turn with { Content = Join(turn.Content, string.Join('\n', calls)), Calls = [] };
    }

    /// <summary>Call, result, call, result in place of two calls and two results.</summary>
    private static List<Turn> OneCallEach(IReadOnlyList<Turn> turns)
    {
        var results = turns.Where(turn => turn.Role == "tool").ToList();
        var shaped = new List<Turn>();
        foreach (var turn in turns)
        {
            if (turn.Calls.Count <= 1)
            {
                if (turn.Role != "tool" || results.Remove(turn))
                    shaped.Add(turn);
                continue;
            }
            for (var index = 0; index < turn.Calls.Count; index++)
            {
                shaped.Add(turn with { Content = index == 0 ? turn.Content : "", Calls = [turn.Calls[index]] });
                if (results.Find(result => result.CallId == turn.Calls[index].Id) is not { } found)
                    continue;
                results.Remove(found);
                shaped.Add(found);
            }
        }
        return shaped;
    }

    /// <summary>
    /// One system message at most at the beginning; what has no place as one goes into the user message that follows it.
    /// </summary>
    private static List<Turn> GatherSystem(IReadOnlyList<Turn> turns, TemplateTraits traits)
    {
        var leading = turns.TakeWhile(turn => turn.Role == "system").ToList();
        var shaped = new List<Turn>();
        var pending = traits.System || leading.Count == 0 ? "" : Join([.. leading.Select(turn => turn.Content)]);
        if (traits.System && leading.Count > 0)
            shaped.Add(leading[0] with { Content = Join([.. leading.Select(turn => turn.Content)]) });
        foreach (var turn in turns.Skip(leading.Count))
        {
            if (turn.Role == "system" && !(traits.System && traits.SystemAnywhere))
            {
                pending = Join(pending, turn.Content);
            }
            else if (turn.Role == "user")
            {
                shaped.Add(turn with { Content = Join(pending, turn.Content) });
                pending = "";
            }
            else
            {
                shaped.Add(turn);
            }
        }
        if (pending.Length > 0)
            shaped.Add(new Turn("user", pending, []));
        return shaped;
    }

    private static List<Turn> Alternate(IReadOnlyList<Turn> turns)
    {
        var shaped = new List<Turn>();
        foreach (var turn in turns)
        {
            var before = shaped.LastOrDefault();
            if (turn.Role is "user" or "assistant" && before is { Calls.Count: 0 } && before.Role == turn.Role)
            {
                shaped[^1] = turn with { Content = Join(before.Content, turn.Content) };
                continue;
            }
            if (turn.Role == "assistant" && before is null or { Role: "system" })
                shaped.Add(new Turn("user", "", []));
            shaped.Add(turn);
        }
        return shaped;
    }

    private static string Join(params IReadOnlyList<string> texts) => string.Join(Between, texts.Where(text => text.Length > 0));
}
