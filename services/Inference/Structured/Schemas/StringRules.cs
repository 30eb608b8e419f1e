using LLMoin.Inference.Structured.Gbnf;
using LLMoin.Inference.Structured.Patterns;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>Writes strings.</summary>
internal static class StringRules
{
    public static string Write(StringShape shape, string path, GrammarBuilder grammar)
    {
        if (Pattern(shape) is { } pattern)
            return $"\"\\\"\" {PatternRules.Write(Sized(pattern, shape, path), grammar)} \"\\\"\"";
        if (shape is { Least: 0, Most: null })
            return JsonRules.Use(grammar, "string");
        return shape.Most == 0 ? "\"\\\"\\\"\"" : $"\"\\\"\" {grammar.Repeat(JsonRules.Use(grammar, "char"), shape.Least, shape.Most)} \"\\\"\"";
    }

    private static PatternNode? Pattern(StringShape shape)
    {
        if (shape.Pattern is { } pattern)
            return PatternParser.Parse(pattern.Value, problem =>
                new UnsupportedSchemaException($"The schema keyword 'pattern' at {pattern.Part.Path} is not supported: {problem}."));
        if (shape.Format is not { } format)
            return null;
        return Formats.Find(format.Value)
            ?? throw new UnsupportedSchemaException($"The format '{format.Value}' at {format.Part.Path} is not supported; supported are {Formats.Names}.");
    }

    /// <summary>A grammar cannot count and match a pattern at once, so the pattern itself must keep to the length.</summary>
    private static PatternNode Sized(PatternNode pattern, StringShape shape, string path)
        => pattern.Least >= shape.Least && (shape.Most is null || pattern.Most <= shape.Most)
            ? pattern
            : throw new UnsupportedSchemaException(
                $"The schema keywords 'minLength' and 'maxLength' at {path} are not supported beside a 'pattern' or 'format' that allows other lengths.");
}
