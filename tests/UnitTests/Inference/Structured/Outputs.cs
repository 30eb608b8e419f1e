using System.Text;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Structured;

namespace LLMoin.UnitTests.Inference.Structured;

/// <summary>Splits texts and shows the pieces on one line, neighbours of one kind joined, calls without their random ids.</summary>
internal static class Outputs
{
    public static readonly IReadOnlyList<ToolDefinition> Tools =
    [
        new("suche", "Sucht in den Akten", Schema("""{ "type": "object", "properties": { "text": { "type": "string" }, "seit": { "type": "string", "format": "date" } }, "required": ["text"] }""")),
        new("uhrzeit", null, null),
    ];

    public static System.Text.Json.JsonElement Schema(string json) => System.Text.Json.JsonElement.Parse(json);

    public static string Split(OutputShape shape, params IEnumerable<string> deltas) => Show(Pieces(shape, deltas));

    public static List<OutputPiece> Pieces(OutputShape shape, params IEnumerable<string> deltas)
    {
        var splitter = new OutputSplitter(shape);
        var pieces = new List<OutputPiece>();
        foreach (var delta in deltas)
            splitter.Feed(delta, pieces);
        splitter.Flush(pieces);
        return pieces;
    }

    public static string Show(IEnumerable<OutputPiece> pieces)
    {
        var shown = new StringBuilder();
        OutputKind? before = null;
        foreach (var (kind, text, call) in pieces)
        {
            if (kind != before || call is not null)
                shown.Append(before is null ? "" : " | ").Append(kind switch { OutputKind.Answer => "", OutputKind.Reasoning => "think: ", _ => "call: " });
            shown.Append(call is null ? text : $"{call.Name}({call.Arguments})");
            before = kind;
        }
        return shown.ToString();
    }

    /// <summary>The text in random pieces.</summary>
    public static IEnumerable<string> Cut(string text, Random random)
    {
        var most = random.Next(1, 12);
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(random.Next(1, most + 1), text.Length - start);
            yield return text.Substring(start, length);
            start += length;
        }
    }
}
