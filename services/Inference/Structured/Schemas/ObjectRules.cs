using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>
/// Writes objects. The order of properties is fixed, so that optional ones cost a rule each and not a rule for each subset: the first
/// one written decides which rule tells the rest, and every later one brings its comma along.
/// </summary>
internal static class ObjectRules
{
    public static string Write(ObjectShape shape, string path, GrammarBuilder grammar, Func<IReadOnlyList<SchemaPart>, string, string> item)
    {
        var ws = JsonRules.Use(grammar, "ws");
        List<string> members =
            [.. shape.Properties.Select(property => $"{GbnfText.Literal(JsonText.Quote(property.Name) + ":")} {ws} {item(property.Schemas, path)}")];
        var additional = shape.Additional is { } schemas
            ? grammar.Share($"{KeyRules.Write(shape.Properties.Select(property => property.Name), grammar)} \":\" {ws} {item(schemas, path)}")
            : null;
        var rest = additional is null ? "" : $"{grammar.Share($"\",\" {ws} {additional}")}*";

        var always = shape.Properties.TakeWhile(property => !property.Required).Count();
        var optionalOnly = always == members.Count;
        var beginnings = new List<string>();
        if (optionalOnly && additional is not null)
            beginnings.Add($"{additional} {rest}");
        for (var index = members.Count - 1; index >= 0; index--)
        {
            // Members before the first required one are written twice, as a beginning and after another.
            if (always > 0 && index <= always)
                members[index] = grammar.Share(members[index]);
            if (index <= always)
                beginnings.Insert(0, $"{members[index]} {rest}".TrimEnd());
            var following = $"\",\" {ws} {members[index]}";
            rest = $"{(shape.Properties[index].Required ? following : $"( {following} )?")} {rest}".TrimEnd();
            if (always > 0 && index <= always + 1)
                rest = grammar.Share(rest);
        }

        if (beginnings.Count == 0)
            return $"\"{{\" {ws} \"}}\"";
        var content = $"{GbnfText.Choice(beginnings)} {ws}";
        return optionalOnly ? $"\"{{\" {ws} ( {content} )? \"}}\"" : $"\"{{\" {ws} {content} \"}}\"";
    }
}
