namespace LLMoin.Retrieval.Index.Ranking;

/// <summary>Finds the passages in which words stand in a row.</summary>
internal static class Phrases
{
    /// <returns>Passages with every phrase, in order; null if a phrase is of function words only, which cannot be looked up.</returns>
    public static IReadOnlyList<int>? Find(IReadOnlyList<int[]> phrases, PassageTable table, PostingList[] postings)
    {
        List<int>? found = null;
        foreach (var phrase in phrases)
        {
            var lists = phrase.Where(term => postings[term].Count > 0).Distinct().OrderBy(term => postings[term].Count).ToList();
            if (lists.Count == 0)
                return null;
            var candidates = found ?? PassagesOf(postings[lists[0]]);
            foreach (var term in lists)
                candidates = Intersect(candidates, postings[term]);
            var packed = TermSequence.Pack(phrase);
            found = candidates.FindAll(passage => TermSequence.Contains(table.Sequence(passage), packed));
        }

        return found;
    }

    private static List<int> PassagesOf(PostingList list)
    {
        var passages = new List<int>(list.Count);
        foreach (var posting in list.Items)
            passages.Add(Posting.Read(posting).Passage);
        return passages;
    }

    /// <summary>Both are in order of passage.</summary>
    private static List<int> Intersect(List<int> passages, PostingList list)
    {
        var both = new List<int>();
        var items = list.Items;
        var next = 0;
        foreach (var passage in passages)
        {
            while (next < items.Length && Posting.Read(items[next]).Passage < passage) next++;
            if (next < items.Length && Posting.Read(items[next]).Passage == passage)
                both.Add(passage);
        }

        return both;
    }
}
