using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>Writes arrays.</summary>
internal static class ArrayRules
{
    public static string Write(ArrayShape shape, string path, GrammarBuilder grammar, Func<IReadOnlyList<SchemaPart>, string, string> item)
    {
        var ws = JsonRules.Use(grammar, "ws");
        var content = string.Join($" \",\" {ws} ", shape.Prefix.Select(schemas => item(schemas, path)));
        var written = shape.Prefix.Count;
        if (shape.Items is not null && !(shape.Most <= written))
        {
            var other = item(shape.Items, path);
            if (written == 0)
            {
                content = other;
                written = 1;
            }
            if (!(shape.Most <= written))
                content += $" {grammar.Repeat(grammar.Share($"\",\" {ws} {other}"), Math.Max(0, shape.Least - written), shape.Most - written)}";
        }

        if (content.Length == 0)
            return $"\"[\" {ws} \"]\"";
        return shape.Least == 0 && shape.Prefix.Count == 0 ? $"\"[\" {ws} ( {content} {ws} )? \"]\"" : $"\"[\" {ws} {content} {ws} \"]\"";
    }
}
