namespace LLMoin.Inference.Structured.Gbnf;

/// <summary>
/// JSON (RFC 8259) as rules: texts without raw control characters, <c>\u</c> escapes without halves of surrogate pairs, numbers that
/// a double holds, at most one space or newline between tokens, so that no model can go on writing blanks.
/// </summary>
internal static class JsonRules
{
    private static readonly Dictionary<string, (string Body, string[] Uses)> Bodies = new()
    {
        ["ws"] = ("[ \\n]?", []),
        ["hex"] = ("[0-9a-fA-F]", []),
        ["char"] = ("""[^"\\\x00-\x1F\x7F] | "\\" ( ["\\/bfnrt] | "u" ( [0-9a-cA-Ce-fE-F] hex{3} | [dD] [0-7] hex{2} ) )""", ["hex"]),
        ["string"] = (""" "\"" char* "\"" """.Trim(), ["char"]),
        ["number"] = ("""[-]? ( "0" | [1-9] [0-9]{0,14} ) ( "." [0-9]{1,15} )? ( [eE] [-+]? [0-9]{1,2} )?""", []),
        ["boolean"] = (""" "true" | "false" """.Trim(), []),
        ["member"] = (""" string ":" ws value """.Trim(), ["string", "ws", "value"]),
        ["object"] = (""" "{" ws ( member ( "," ws member )* ws )? "}" """.Trim(), ["ws", "member"]),
        ["array"] = (""" "[" ws ( value ( "," ws value )* ws )? "]" """.Trim(), ["ws", "value"]),
        ["value"] = (""" object | array | string | number | boolean | "null" """.Trim(), ["object", "array", "string", "number", "boolean"]),
    };

    /// <summary>The name of a rule, defined in the grammar with all that it uses.</summary>
    public static string Use(GrammarBuilder grammar, string rule)
    {
        if (grammar.Has(rule))
            return rule;
        var (body, uses) = Bodies[rule];
        grammar.Define(rule, body);
        foreach (var used in uses)
            Use(grammar, used);
        return rule;
    }
}
