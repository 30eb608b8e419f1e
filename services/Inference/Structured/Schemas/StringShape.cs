namespace LLMoin.Inference.Structured.Schemas;

/// <summary>What the keywords for strings say.</summary>
/// <param name="Least">Fewest characters (code points).</param>
/// <param name="Most">Most characters; null without limit.</param>
/// <param name="Pattern">A regular expression and where it stands.</param>
/// <param name="Format">A format's name and where it stands.</param>
internal sealed record StringShape(int Least, int? Most, (SchemaPart Part, string Value)? Pattern, (SchemaPart Part, string Value)? Format)
{
    public static StringShape Read(IReadOnlyList<SchemaPart> parts)
    {
        var shape = new StringShape(
            parts.FindCounts("minLength").DefaultIfEmpty(0).Max(),
            parts.FindCounts("maxLength").Select(count => (int?)count).Min(),
            parts.FindText("pattern"),
            parts.FindText("format"));
        if (shape is { Pattern: not null, Format: not null })
            throw new UnsupportedSchemaException($"The schema keyword 'pattern' beside 'format' at {shape.Pattern.Value.Part.Path} is not supported.");
        return shape.Most < shape.Least
            ? throw new UnsupportedSchemaException($"No text is as long as the schema at {parts[0].Path} asks for.")
            : shape;
    }
}
