using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace LLMoin.Inference.Templates;

/// <summary>
/// Keeps text that people, documents and tools wrote from being read as control tokens: the whole prompt is tokenised with control
/// tokens recognised, so a word joiner (U+2060, invisible) is put behind the first character of whatever looks like one.
/// </summary>
internal sealed partial class Neutralizer
{
    private const char WordJoiner = '\u2060';

    private readonly SearchValues<string> _marks;

    /// <param name="special">Control tokens of the vocabulary.</param>
    /// <param name="template">The template, whose own marks count too: <c>[INST]</c> was plain text in Mistral's first models.</param>
    public Neutralizer(SpecialTexts special, string template)
    {
        // Some vocabularies hold line breaks and single characters among these; text cannot do without them.
        var ofVocabulary = special.All.Append(special.Bos).Append(special.Eos).Where(text => text.Trim().Length > 2);
        var ofTemplate = Mark().Matches(template).Select(match => match.Value);
        _marks = SearchValues.Create([.. ofVocabulary.Concat(ofTemplate).Distinct()], StringComparison.Ordinal);
    }

    public string Apply(string text)
    {
        var next = text.AsSpan().IndexOfAny(_marks);
        if (next < 0)
            return text;
        var output = new StringBuilder(text.Length + 8);
        var rest = text.AsSpan();
        while (next >= 0)
        {
            output.Append(rest[..(next + 1)]).Append(WordJoiner);
            rest = rest[(next + 1)..];
            next = rest.IndexOfAny(_marks);
        }
        return output.Append(rest).ToString();
    }

    [GeneratedRegex(@"<[|｜][^<>\s]{1,40}[|｜]>|\[/?[A-Z][A-Z_]+\]|</?[a-z]+(?:_[a-z]+)+>|<</?SYS>>")]
    private static partial Regex Mark();
}
