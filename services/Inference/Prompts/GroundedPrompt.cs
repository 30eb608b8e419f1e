using System.Text;
using System.Text.RegularExpressions;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Prompts;

/// <summary>
/// The messages that a language model gets for a request: our rules first, then the request's own system message; passages stand
/// delimited before the last question, where they have a user's authority and leave the beginning of the prompt the same from turn to
/// turn.
/// </summary>
internal static partial class GroundedPrompt
{
    private const string Between = "\n\n";

    private static readonly string Base = Read("base.v1.de");
    private static readonly string Grounding = Read("grounding.v1.de");

    public static IReadOnlyList<PromptMessage> Messages(GenerationRequest request)
    {
        var own = request.Messages.TakeWhile(message => message.Role == "system").Select(message => message.Content);
        string[] rules = request.Passages.Count > 0 ? [Base, Grounding] : [Base];
        var conversation = request.Messages.SkipWhile(message => message.Role == "system");
        return [new PromptMessage("system", string.Join(Between, [.. rules, .. own])), .. WithPassages([.. conversation], request.Passages)];
    }

    private static IEnumerable<PromptMessage> WithPassages(List<PromptMessage> conversation, IReadOnlyList<Passage> passages)
    {
        if (passages.Count == 0)
            return conversation;
        var text = string.Join('\n', passages.Select(Delimited));
        var question = conversation.FindLastIndex(message => message.Role == "user");
        if (question < 0)
            return [.. conversation, new PromptMessage("user", text)];
        conversation[question] = conversation[question] with { Content = text + Between + conversation[question].Content };
        return conversation;
    }

    private static string Delimited(Passage passage)
    {
        var output = new StringBuilder().Append("<fundstelle nummer=\"").Append(passage.Number).Append("\">\n");
        output.Append("Dokument: ").Append(OneLine(passage.Title)).Append('\n');
        if (!string.IsNullOrWhiteSpace(passage.HeadingPath))
            output.Append("Abschnitt: ").Append(OneLine(passage.HeadingPath)).Append('\n');
        return output.Append('\n').Append(Broken(passage.Text.Trim())).Append("\n</fundstelle>").ToString();
    }

    /// <summary>A title cannot pass for the passage's text.</summary>
    private static string OneLine(string text) => Broken(LineBreak().Replace(text.Trim(), " "));

    /// <summary>A passage cannot end itself or begin another one: a word joiner (U+2060, invisible) breaks what looks like it.</summary>
    private static string Broken(string text) => Delimiter().Replace(text, "<\u2060");

    private static string Read(string name)
    {
        using var stream = typeof(GroundedPrompt).Assembly.GetManifestResourceStream($"Prompts/{name}.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }

    [GeneratedRegex(@"<(?=\s*/?\s*fundstelle)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Delimiter();

    [GeneratedRegex(@"[\r\n\u0085\u2028\u2029]+\s*")]
    private static partial Regex LineBreak();
}
