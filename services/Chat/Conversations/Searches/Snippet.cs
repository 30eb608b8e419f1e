using System.Text;

namespace LLMoin.Chat.Conversations.Searches;

/// <summary>A few words around what was found; plain text, whatever was written in it.</summary>
/// <param name="Text">Pieces of the message, joined by " … ".</param>
/// <param name="Matches">What of it was sought.</param>
internal sealed record Snippet(string Text, IReadOnlyList<Snippet.Match> Matches)
{
    /// <summary>Signs that no text shown to people has, between which PostgreSQL puts a found word.</summary>
    private const char Begin = '\u0002';
    private const char End = '\u0003';

    /// <summary>Options of <c>ts_headline</c>.</summary>
    public const string Options = "StartSel=\u0002, StopSel=\u0003, MaxFragments=2, MinWords=6, MaxWords=18, FragmentDelimiter=\" … \"";

    public static Snippet From(string headline)
    {
        var text = new StringBuilder(headline.Length);
        var matches = new List<Match>();
        var open = -1;
        foreach (var sign in headline)
        {
            switch (sign)
            {
                case Begin:
                    open = text.Length;
                    break;
                case End:
                    if (open >= 0 && open < text.Length)
                        matches.Add(new Match(open, text.Length - open));
                    open = -1;
                    break;
                default:
                    text.Append(char.IsWhiteSpace(sign) ? ' ' : sign);
                    break;
            }
        }
        return new Snippet(text.ToString(), matches);
    }

    /// <param name="Start">First UTF-16 code unit in the snippet's text.</param>
    /// <param name="Length">Code units.</param>
    internal sealed record Match(int Start, int Length);
}
