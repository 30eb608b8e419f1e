using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LLMoin.Inference.Structured.Gbnf;

/// <summary>
/// JSON in the one spelling that a grammar admits for a given value: compact, and only what must be escaped is, since models write
/// umlauts as they are.
/// </summary>
internal static class JsonText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Of))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(member => $"{Quote(member.Name)}:{Of(member.Value)}"))}}}",
        _ => value.GetRawText(),
    };

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                < ' ' or '\x7F' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        return quoted.Append('"').ToString();
    }
}
