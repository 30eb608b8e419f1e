using System.Text.RegularExpressions;
using LLMoin.Extractive.Sentences;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Uploads;

namespace LLMoin.Retrieval.Reading.Texts;

/// <summary>Plain text and Markdown: taken as they are; their line structure is what everything else here speaks.</summary>
internal sealed partial class PlainTextReader : IDocumentReader
{
    public void Read(byte[] file, ReadingSession session)
    {
        if (!file.AsSpan().ContainsAnyExcept(" \t\r\n"u8))
            throw new ReadingException(ReadingReason.NoWords);
        if (TextDecoding.Decode(file, null, out var text) is not null)
            throw new ReadingException(ReadingReason.Unreadable);
        session.Document.Entitle(FirstHeading(text));
        if (session.Document.HeadingOffset is > 0 and var offset)
            text = Markdown().Replace(text, marks => new string('#', Math.Min(DocumentWriter.DeepestHeading, marks.Length + offset)));
        session.Document.Verbatim(text, Blocks(text));
    }

    private static string? FirstHeading(string text)
    {
        var first = text.AsSpan().TrimStart();
        if (!first.StartsWith("# ")) return null;
        var end = first.IndexOf('\n');
        return (end < 0 ? first : first[..end]).Trim("# \t").ToString();
    }

    private static IEnumerable<Block> Blocks(string text)
    {
        foreach (var block in SentenceSplitter.Split(text).GroupBy(sentence => sentence.Block))
        {
            var (start, end) = (block.First().Start, block.Last().End);
            var kind = block.First().Kind switch
            {
                SentenceKind.Heading => BlockKind.Heading,
                SentenceKind.ListItem => BlockKind.ListItem,
                SentenceKind.TableHeader or SentenceKind.TableRow => BlockKind.TableRow,
                _ => Headings.IsNumbered(text[start..end]) ? BlockKind.Section : BlockKind.Paragraph,
            };
            yield return new Block(kind, kind is BlockKind.Heading or BlockKind.ListItem ? 1 : 0, start, end, null);
        }
    }

    [GeneratedRegex(@"^#{1,6}(?=\s)", RegexOptions.Multiline)]
    private static partial Regex Markdown();
}
