using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Patterns;

/// <summary>Writes a regular expression as it looks inside a JSON string.</summary>
internal static class PatternRules
{
    private static readonly (int Character, string Escaped)[] Escapes = [('"', "\\\""), ('\\', "\\\\"), ('\n', "\\n"), ('\r', "\\r"), ('\t', "\\t")];

    /// <returns>A sequence; empty for a pattern that only matches the empty text.</returns>
    public static string Write(PatternNode node, GrammarBuilder grammar) => node switch
    {
        OneOf { Characters: var characters } => Write(characters),
        InOrder { Nodes: var nodes } => string.Join(' ', nodes.Select(each => Write(each, grammar)).Where(text => text.Length > 0)),
        AnyOf { Nodes: var nodes } => Choice(nodes, grammar),
        Repeated { To: 0 } or Repeated { Node.Most: 0 } => "",
        // What may be empty is optional as it is.
        Repeated { Node: { Least: 0 } inner } => Write(inner, grammar),
        Repeated { Node: OneOf { Characters: var characters }, From: var from, To: var to } => grammar.Repeat(Write(characters), from, to),
        Repeated { Node: var inner, From: var from, To: var to } => grammar.Repeat(grammar.Share(Write(inner, grammar)), from, to),
        _ => throw new InvalidOperationException(),
    };

    private static string Choice(IReadOnlyList<PatternNode> nodes, GrammarBuilder grammar)
    {
        List<string> texts = [.. nodes.Select(node => Write(node, grammar))];
        List<string> alternatives = [.. texts.Where(text => text.Length > 0).Distinct()];
        if (alternatives.Count == 0)
            return "";
        var choice = grammar.Share(string.Join(" | ", alternatives));
        return texts.Contains("") ? $"{choice}?" : choice;
    }

    private static string Write(CharacterSet characters)
    {
        var raw = characters.Without(CharacterSet.EscapedInJson);
        List<string> alternatives = raw.IsEmpty ? [] : [raw.ToGbnf()];
        alternatives.AddRange(Escapes.Where(escape => characters.Contains(escape.Character)).Select(escape => GbnfText.Literal(escape.Escaped)));
        return alternatives.Count > 0
            ? GbnfText.Choice(alternatives)
            : throw new UnsupportedSchemaException("A class of characters in a 'pattern' of the schema matches nothing that a text may hold.");
    }
}
