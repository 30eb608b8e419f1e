using LLMoin.Budgeting;
using LLMoin.Chat.Functions.Drafts;
using LLMoin.Chat.Functions.Research;
using LLMoin.Chat.Functions.Summaries;
using LLMoin.Chat.Functions.Translations;

namespace LLMoin.Chat.Budgets;

/// <summary>
/// What longer work will use in all its steps, as far as its order tells. How long documents are is not known yet; a run that needs more goes on
/// drawing as long as the budgets have room.
/// </summary>
internal static class RunEstimates
{
    /// <summary>Ten pages.</summary>
    private const int DocumentCharacters = 25_000;

    private const int CharactersPerWord = 7;
    private const int TokensPerWord = 3;

    /// <summary>Rules around a question.</summary>
    private const int RulesTokens = 800;

    /// <summary>Read once in parts, which takes their rules too; what they give is read again and written.</summary>
    public static TokenAmount Of(SummaryOrder order)
    {
        var characters = (order.Text?.Length ?? 0) + (double)DocumentCharacters * (order.DocumentIds?.Count ?? 0);
        var words = (order.Length ?? SummaryLength.HalfAPage).Words((int)(characters / CharactersPerWord));
        var (read, written) = (TokenEstimate.Tokens(characters), words * TokensPerWord);
        return new(read + read / 2 + 2 * written + RulesTokens, 3 * written);
    }

    public static TokenAmount Of(ResearchOrder order) => order.Depth == ResearchDepth.Quick ? new(6_000, 1_500) : new(25_000, 5_000);

    public static TokenAmount Of(DraftOrder order) => new(
        2 * RulesTokens + TokenEstimate.Tokens(order.Keywords.Length + (order.MustHave ?? []).Sum(point => point.Length)),
        TokensPerWord * order.Length switch { DraftLength.Short => 120, DraftLength.Medium => 300, _ => 700 } + 200);

    public static TokenAmount Of(TranslationOrder order)
    {
        var text = TokenEstimate.Tokens(order.Text?.Length ?? DocumentCharacters);
        return new(text + text / 4 + RulesTokens, text + text / 4);
    }
}
