namespace LLMoin.Retrieval.Index.Text;

/// <summary>One token of a text.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">The one behind the last.</param>
/// <param name="Exact">
/// What it is found by if it is no word: the canonical writing of a number, section reference, file number or code. Null for a word,
/// which is found by its stem and by its parts.
/// </param>
/// <param name="Joined">It is made of several tokens that stand for themselves too ("VI B 3 – 100/21"), so it has no place of its own in the text.</param>
internal readonly record struct SearchToken(int Start, int End, string? Exact, bool Joined = false);
