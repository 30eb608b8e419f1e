using System.Globalization;
using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Python's <c>str.format</c> with fields by position and name, without format specifications.</summary>
internal static class TextFormat
{
    /// <exception cref="JinjaException">A field that is not given, or a specification.</exception>
    public static string Format(Run run, string format, Arguments given)
    {
        var output = new StringBuilder();
        var next = 0;
        for (var at = 0; at < format.Length; at++)
        {
            var character = format[at];
            if (character is not ('{' or '}'))
            {
                output.Append(character);
            }
            else if (at + 1 < format.Length && format[at + 1] == character)
            {
                output.Append(character);
                at++;
            }
            else
            {
                var close = character == '{' ? format.IndexOf('}', at) : -1;
                if (close < 0)
                    throw new JinjaException("a field of a format is not closed");
                var name = format[(at + 1)..close];
                output.Append(run.Made(Printing.Text(run, Field(given, name.Length > 0 ? name : next++.ToString(CultureInfo.InvariantCulture)))));
                at = close;
            }
        }
        return run.Made(output.ToString());
    }

    private static object? Field(Arguments given, string name)
    {
        if (int.TryParse(name, CultureInfo.InvariantCulture, out var position) && position >= 0 && position < given.Positional.Count)
            return given.Positional[position];
        return given.Named.TryGetValue(name, out var value) ? value : throw new JinjaException("a field of a format is not given");
    }
}
