namespace LLMoin.Retrieval.Index.Text;

/// <summary>
/// Counts what a passage is found by: the terms of its text, its headings and its document's title. Kept between passages for its
/// buffers; not for several threads.
/// </summary>
internal sealed class PassageTerms(Lexicon lexicon)
{
    private const int TextWeight = 1;
    private const int HeadingWeight = 1;
    private const int TitleWeight = 2;

    private readonly List<SearchToken> _tokens = [];
    private readonly List<int> _terms = [];
    private readonly List<int> _sequence = [];
    private int[] _frequencies = new int[1024];

    /// <summary>The terms, each once, in order of their first occurrence.</summary>
    public IReadOnlyList<int> Terms => _terms;

    /// <summary>All words of headings and text in their order, function words included.</summary>
    public IReadOnlyList<int> Sequence => _sequence;

    /// <summary>Weighted number of words; the length that BM25 normalises by.</summary>
    public int Length { get; private set; }

    /// <summary>Weighted occurrences of one of the terms.</summary>
    public int Frequency(int term) => _frequencies[term];

    public void Read(string title, string headings, string text)
    {
        foreach (var term in _terms)
            _frequencies[term] = 0;
        _terms.Clear();
        _sequence.Clear();
        Length = 0;

        Count(title, TitleWeight);
        _sequence.Clear();
        Count(headings, HeadingWeight);
        var section = _tokens.FindLast(token => token is { Exact: ['§', ..], Joined: false }).Exact;
        Count(text, TextWeight);
        if (section is not null)
            CountParagraphs(section, text);
    }

    private void Count(string text, int weight)
    {
        Tokenizer.Read(text, _tokens);
        foreach (var token in _tokens)
        {
            var term = lexicon.Number(text, token);
            if (!token.Joined)
                _sequence.Add(term);
            if (lexicon.IsSilent(term))
                continue;
            Length += token.Joined ? 0 : weight;
            Count(term, weight);
        }
    }

    /// <summary>What stands behind "(3)" at the beginning of a line under "§ 4" is § 4 Abs. 3.</summary>
    private void CountParagraphs(string section, string text)
    {
        for (var line = 0; line < text.Length;)
        {
            var close = text[line] == '(' ? text.AsSpan(line, Math.Min(6, text.Length - line)).IndexOf(')') : -1;
            if (close > 1 && char.IsDigit(text[line + 1]))
                Count(lexicon.Number($"{section} abs{text.AsSpan(line + 1, close - 1)}"), TextWeight);
            line = text.IndexOf('\n', line) is >= 0 and var end ? end + 1 : text.Length;
        }
    }

    private void Count(int term, int weight)
    {
        if (term >= _frequencies.Length)
            Array.Resize(ref _frequencies, Math.Max(term + 1, _frequencies.Length * 2));
        if (_frequencies[term] == 0)
            _terms.Add(term);
        _frequencies[term] += weight;
    }
}
