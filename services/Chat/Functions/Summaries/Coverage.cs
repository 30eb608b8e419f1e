using LLMoin.Chat.Functions.Documents;

namespace LLMoin.Chat.Functions.Summaries;

/// <summary>What of a document went into a summary.</summary>
/// <param name="Pages">How many it has; null without pages.</param>
/// <param name="Read">The pages whose text was read, as runs <c>[first, last]</c>.</param>
/// <param name="Empty">Pages without text of which nothing is known to be missing.</param>
/// <param name="Unread">What could not be read, with the reason.</param>
/// <param name="Cited">Pages that the summary cites.</param>
/// <param name="Characters">Characters read.</param>
internal sealed record Coverage(
    Guid DocumentId, string Title, int? Pages, IReadOnlyList<int[]> Read, IReadOnlyList<int[]> Empty, IReadOnlyList<UnreadPart> Unread, IReadOnlyList<int> Cited, int Characters)
{
    /// <param name="document">The document.</param>
    /// <param name="read">Its portions that were put before the model.</param>
    /// <param name="cited">Those that the summary cites.</param>
    public static Coverage Of(WholeDocument document, IReadOnlyCollection<Portion> read, IEnumerable<Portion> cited)
    {
        int? pages = document.PageStarts.Count > 0 ? document.PageStarts.Count : null;
        // A portion lies on one page, so its page is all that it covers.
        var readPages = read.Select(portion => portion.Page).OfType<int>().ToHashSet();
        var unread = document.Unread.Where(part => part.Page is not null).SelectMany(part => Enumerable.Range(part.Page!.Value, (part.LastPage ?? part.Page.Value) - part.Page.Value + 1)).ToHashSet();
        return new Coverage(
            document.Id, document.Title, pages, Runs(readPages.Order()), Runs(Enumerable.Range(1, pages ?? 0).Where(page => !readPages.Contains(page) && !unread.Contains(page))),
            document.Unread, [.. cited.Select(portion => portion.Page).OfType<int>().Distinct().Order()], read.Sum(portion => portion.Length));
    }

    private static List<int[]> Runs(IEnumerable<int> pages)
    {
        List<int[]> runs = [];
        foreach (var page in pages)
            if (runs is [.., var last] && last[1] == page - 1)
                last[1] = page;
            else
                runs.Add([page, page]);
        return runs;
    }
}
